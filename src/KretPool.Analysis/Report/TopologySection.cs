using System.Globalization;
using KretPool.Results;
using KretPool.Topology;

namespace KretPool.Analysis.Report;

/// <summary>The machine, CPU by CPU.</summary>
internal static class TopologySection
{
    public static ReportSection? Build(CpuTopology? topology)
    {
        if (topology is null)
        {
            return null;
        }

        List<ReportBlock> blocks =
        [
            new TextBlock(TextRole.Heading, "Machine"),
            Fact("Processor", $"{topology.Vendor} {topology.ModelName}".Trim()),
            Fact("Architecture", topology.Architecture),
            Fact("Packages", Count(topology.Packages)),
            Fact("Cores", Count(topology.Cores)),
            Fact("CPUs online", topology.OnlineCpus),
            Fact("CPUs allowed", topology.AllowedCpus),
            Fact("CPU quota", topology.CpuQuota?.ToString("0.##", CultureInfo.InvariantCulture) ?? "none"),
            Fact("Digest", topology.Digest),
        ];
        if (topology.Nodes.Count > 0)
        {
            blocks.Add(new TextBlock(TextRole.Heading, "NUMA nodes"));
            blocks.AddRange(topology.Nodes.Select(node => Fact($"Node {node.Id}", Describe(node))));
        }

        if (topology.Caches.Count > 0)
        {
            blocks.Add(new TextBlock(TextRole.Heading, "Caches"));
            blocks.AddRange(topology.Caches
                .GroupBy(cache => (cache.Level, cache.Name, cache.SizeBytes, cache.LineSize))
                .OrderBy(group => group.Key.Level)
                .Select(group => Fact(
                    group.Key.Name,
                    $"{group.Count()} of {Size(group.Key.SizeBytes)}, lines of {group.Key.LineSize?.ToString(CultureInfo.InvariantCulture) ?? "unknown"} bytes, "
                    + $"shared by CPUs {string.Join(" | ", group.Select(cache => cache.Cpus).Take(8))}")));
        }

        return new ReportSection("Topology", blocks);
    }

    private static FactBlock Fact(string name, string? value) => new(name, string.IsNullOrEmpty(value) ? "unknown" : value);

    private static string? Count<T>(IReadOnlyCollection<T> parts) =>
        parts.Count == 0 ? null : parts.Count.ToString(CultureInfo.InvariantCulture);

    private static string Describe(NumaNode node)
    {
        string cpus = node.Cpus.Length == 0 ? "no CPUs" : $"CPUs {node.Cpus}";
        string distances = node.Distances.Count == 0
            ? ""
            : $", distances {string.Join(' ', node.Distances.OrderBy(entry => entry.Key).Select(entry => entry.Value))}";
        return $"{cpus}, memory {Size(node.MemoryTotalBytes)}{distances}";
    }

    private static string Size(long? bytes) => bytes is null ? "unknown" : ResultText.Bytes(bytes);
}
