using KretPool.Topology;
using KretPool.Topology.MacOS;

namespace KretPool.Tests.Topology;

/// <summary>Macs by what sysctl says on them.</summary>
public sealed class MacTopologyTests
{
    [Fact]
    public void Apple_silicon_has_efficient_cores_first_and_a_shared_cache_by_level()
    {
        var topology = Read(
            new() { ["hw.machine"] = "arm64", ["machdep.cpu.brand_string"] = "Apple M1 Pro" },
            new()
            {
                ["hw.logicalcpu"] = 10,
                ["hw.physicalcpu"] = 10,
                ["hw.packages"] = 1,
                ["hw.nperflevels"] = 2,
                ["hw.perflevel0.logicalcpu"] = 8,
                ["hw.perflevel0.physicalcpu"] = 8,
                ["hw.perflevel0.l1dcachesize"] = 131072,
                ["hw.perflevel0.l1icachesize"] = 196608,
                ["hw.perflevel0.l2cachesize"] = 12582912,
                ["hw.perflevel0.cpusperl2"] = 4,
                ["hw.perflevel1.logicalcpu"] = 2,
                ["hw.perflevel1.physicalcpu"] = 2,
                ["hw.perflevel1.l1dcachesize"] = 65536,
                ["hw.perflevel1.l1icachesize"] = 131072,
                ["hw.perflevel1.l2cachesize"] = 4194304,
                ["hw.perflevel1.cpusperl2"] = 2,
                ["hw.cachelinesize"] = 128,
                ["hw.memsize"] = 34359738368,
            });

        Assert.Equal(("Apple", "Apple M1 Pro", "0-9"), (topology.Vendor, topology.ModelName, topology.OnlineCpus));
        Assert.Equal(CpuCoreKind.Efficient, topology.Cores[1].Kind);
        Assert.Equal(CpuCoreKind.Performance, topology.Cores[2].Kind);
        Assert.Equal(["0-1", "2-5", "6-9"], topology.Caches.Where(cache => cache.Name == "L2").Select(cache => cache.Cpus));
        Assert.Equal(10, topology.Caches.Count(cache => cache.Name == "L1d"));
        Assert.Equal(128, topology.Caches[0].LineSize);
        Assert.Equal(32L << 30, topology.MemoryTotalBytes);
    }

    [Fact]
    public void An_Intel_Mac_has_one_kind_of_core_with_siblings()
    {
        var topology = Read(
            new() { ["hw.machine"] = "x86_64", ["machdep.cpu.vendor"] = "GenuineIntel" },
            new() { ["hw.logicalcpu"] = 4, ["hw.physicalcpu"] = 2, ["hw.packages"] = 1, ["hw.cpufrequency_max"] = 2_400_000_000 });

        Assert.Equal(["0-1", "2-3"], topology.Cores.Select(core => core.Cpus));
        Assert.All(topology.Cores, core => Assert.Equal(CpuCoreKind.Unknown, core.Kind));
        Assert.Equal(2400, topology.MaxMHz);
        Assert.Empty(topology.Caches);
    }

    [Fact]
    public void A_system_that_tells_nothing_has_one_cpu_at_least() =>
        Assert.Equal("0", Read([], []).OnlineCpus);

    private static CpuTopology Read(Dictionary<string, string> texts, Dictionary<string, long> numbers) => MacTopology.Read(
        name => texts.GetValueOrDefault(name), name => numbers.TryGetValue(name, out long number) ? number : null);
}
