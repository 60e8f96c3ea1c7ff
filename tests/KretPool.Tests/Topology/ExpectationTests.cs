using System.Globalization;
using System.Text.Json.Nodes;
using KretPool.Topology;

namespace KretPool.Tests.Topology;

/// <summary>Captured machines, against what lscpu and hwloc say of them.</summary>
public sealed class ExpectationTests
{
    public static TheoryData<string> Machines =>
    [
        "x86_64-64cpu-linux6.2",
        "vbox-win",
        "s390-lpar",
        "armv7",
        "16amd64-8n2c-cpusets",
        "20em64t-hybrid-1p6c2t+2ca4co1t",
        "32amd64-4s2n4c-cgroup2",
        "fakememinitiators-1np2c+1npp+gi",
    ];

    [Theory]
    [MemberData(nameof(Machines))]
    public void A_captured_machine_reads_as_other_tools_read_it(string machine)
    {
        var topology = TopologyReader.ReadCapture(SharedFolder.Require("topology", machine + ".tar.gz"));
        var all = JsonNode.Parse(File.ReadAllText(SharedFolder.Require("topology", "expected.json")))!;
        var expectations = all[machine]!["expected"]!.AsObject();
        Assert.NotEmpty(expectations);
        foreach (var (_, expected) in expectations)
        {
            if (expected!["onlineList"] is not null)
            {
                CompareWithLscpu(topology, expected);
            }
            else
            {
                CompareWithHwloc(topology, expected);
            }
        }
    }

    private static void CompareWithLscpu(CpuTopology topology, JsonNode expected)
    {
        Assert.Equal(Text(expected["onlineList"]), topology.OnlineCpus);
        Assert.Equal(
            Text(expected["offlineList"]),
            CpuSet.Parse(topology.PresentCpus).Except(CpuSet.Parse(topology.OnlineCpus)).ToString());
        Assert.Equal(Text(expected["vendor"]), topology.Vendor);
        Assert.Equal(Text(expected["modelName"]), topology.ModelName ?? "-");
        Assert.Equal(Texts(expected["socketGroups"]), Sorted(topology.Packages.Select(part => part.Cpus)));
        Assert.Equal(Texts(expected["coreGroups"]), Sorted(topology.Cores.Select(part => part.Cpus)));
        Assert.Equal(Texts(expected["nodeGroups"]), Sorted(topology.Nodes.Select(part => part.Cpus)));
        foreach (var (id, cpus) in expected["nodes"]!.AsObject())
        {
            Assert.Equal(Text(cpus), topology.Nodes.Single(node => Number(node.Id) == id).Cpus);
        }

        var groups = expected["cacheGroups"]!.AsObject();
        Assert.Equal(Sorted(groups.Select(pair => pair.Key)), Sorted(topology.Caches.Select(cache => cache.Name).Distinct()));
        foreach (var (name, lists) in groups)
        {
            var caches = topology.Caches.Where(cache => cache.Name == name).ToList();
            Assert.Equal(Texts(lists), Sorted(caches.Select(cache => cache.Cpus)));
            Assert.Equal((long)expected["caches"]![name]!["totalBytes"]!, caches.Sum(cache => cache.SizeBytes));
        }

        foreach (var cpu in expected["physical"]!.AsArray())
        {
            var own = topology.Cpus.Single(other => other.Id == (int)cpu!["cpu"]!);
            Assert.Equal(Text(cpu!["core"]), Number(own.CoreId));
            Assert.Equal(Text(cpu["socket"]), own.PackageId is null ? "-" : Number(own.PackageId));
            Assert.Equal(Text(cpu["node"]), Number(own.NodeId));
        }

        if (expected["maxMHz"] is { } max)
        {
            Assert.Equal(double.Parse(Text(max), CultureInfo.InvariantCulture), topology.MaxMHz);
            Assert.Equal(double.Parse(Text(expected["minMHz"]), CultureInfo.InvariantCulture), topology.MinMHz);
        }

        if (expected["hypervisorVendor"] is { } hypervisor)
        {
            Assert.Contains(Text(hypervisor), topology.Hypervisor, StringComparison.Ordinal);
        }
    }

    private static void CompareWithHwloc(CpuTopology topology, JsonNode expected)
    {
        // Where a cgroup hides CPUs, hwloc leaves them out unless it is told to keep them.
        bool allowedOnly = Text(expected["compare"]).StartsWith("allowed", StringComparison.Ordinal);
        var scope = CpuSet.Parse(allowedOnly ? topology.AllowedCpus : topology.OnlineCpus);
        string[] InScope(IEnumerable<string> lists) =>
            Sorted(lists.Select(list => CpuSet.Parse(list).Intersect(scope).ToString()).Where(list => list.Length > 0));
        string[] Listed(JsonNode? parts) =>
            Sorted(parts!.AsArray().Select(part => Text(part!["cpus"])).Where(list => list.Length > 0));

        Assert.Equal(Text(expected["pus"]), scope.ToString());
        Assert.Equal(Listed(expected["packages"]), InScope(topology.Packages.Select(part => part.Cpus)));
        Assert.Equal(Listed(expected["cores"]), InScope(topology.Cores.Select(part => part.Cpus)));
        foreach (var core in expected["cores"]!.AsArray())
        {
            int first = CpuSet.Parse(Text(core!["cpus"]))[0];
            Assert.Equal((int)core["id"]!, topology.Cpus.Single(cpu => cpu.Id == first).CoreId);
        }

        foreach (var (name, caches) in expected["caches"]!.AsObject())
        {
            var own = topology.Caches.Where(cache => cache.Name == name).ToList();
            Assert.Equal(Listed(caches), InScope(own.Select(cache => cache.Cpus)));
            foreach (var cache in caches!.AsArray().Where(cache => Text(cache!["cpus"]).Length > 0))
            {
                int first = CpuSet.Parse(Text(cache!["cpus"]))[0];
                var same = own.Single(other => CpuSet.Parse(other.Cpus).Contains(first));
                Assert.Equal((long)cache["sizeBytes"]!, same.SizeBytes);
                Assert.Equal((int)cache["lineSize"]!, same.LineSize);
                Assert.Equal((int)cache["ways"]!, same.Ways);
            }
        }

        foreach (var (id, node) in expected["nodes"]!.AsObject())
        {
            var own = topology.Nodes.Single(other => Number(other.Id) == id);
            Assert.Equal(Text(node!["cpus"]), CpuSet.Parse(own.LocalCpus).Intersect(scope).ToString());
            Assert.Equal(node["subtype"]?.ToString(), own.MemoryKind);
            AssertMemory(node, own.MemoryTotalBytes!.Value);
        }

        foreach (var (from, row) in expected["distances"]?["byOsId"]?.AsObject() ?? [])
        {
            var own = topology.Nodes.Single(other => Number(other.Id) == from);
            foreach (var (to, distance) in row!.AsObject())
            {
                Assert.Equal((int)distance!, own.Distances[int.Parse(to, CultureInfo.InvariantCulture)]);
            }
        }

        foreach (var kind in (expected["cpuKinds"]?.AsArray() ?? []).Where(kind => kind!["efficiency"] is not null))
        {
            var wanted = (int)kind!["efficiency"]! == 0 ? CpuCoreKind.Efficient : CpuCoreKind.Performance;
            Assert.Equal(
                Text(kind["cpus"]),
                CpuSet.From(topology.Cores.Where(core => core.Kind == wanted).SelectMany(core => CpuSet.Parse(core.Cpus))).ToString());
        }
    }

    // Exact bytes in the XML expectations, rounded text in the others.
    private static void AssertMemory(JsonNode node, long bytes)
    {
        if (node["localBytes"] is { } exact)
        {
            Assert.Equal((long)exact, bytes);
            return;
        }

        string text = Text(node["localText"]);
        long unit = text.EndsWith("GiB", StringComparison.Ordinal) ? 1L << 30 : 1L << 20;
        Assert.Equal(text[..^3], Math.Round((double)bytes / unit, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture));
    }

    private static string Text(JsonNode? node) => node?.ToString() ?? "";

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string[] Texts(JsonNode? list) => Sorted(list!.AsArray().Select(Text));

    private static string[] Sorted(IEnumerable<string> texts) => [.. texts.Order(StringComparer.Ordinal)];
}
