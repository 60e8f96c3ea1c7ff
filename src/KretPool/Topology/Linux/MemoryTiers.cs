using System.Globalization;

namespace KretPool.Topology.Linux;

/// <summary>Memory tiers, and what kind of device a node's memory is on.</summary>
/// <remarks>Documentation/ABI/testing/sysfs-kernel-mm-memory-tiers; a DAX device that the kmem driver made into a node
/// says by its path where it hangs: below an nvdimm bus (ndbus) or a CXL root (ACPI0017). NVIDIA's driver names the
/// nodes of its GPUs' memory itself.</remarks>
internal sealed class MemoryTiers
{
    private const string TierRoot = "sys/devices/virtual/memory_tiering";
    private const string DaxDriver = "sys/bus/dax/drivers/kmem";
    private const string NvidiaGpus = "proc/driver/nvidia/gpus";

    private readonly Dictionary<int, int> _tiers = [];
    private readonly Dictionary<int, string> _kinds = [];

    public static MemoryTiers Read(KernelFiles files)
    {
        var memory = new MemoryTiers();
        foreach (int tier in files.Numbered(TierRoot, "memory_tier"))
        {
            foreach (int node in files.List($"{TierRoot}/memory_tier{tier}/nodelist") ?? CpuSet.Empty)
            {
                memory._tiers[node] = tier;
            }
        }

        foreach (string device in files.Tree.List(DaxDriver, "dax"))
        {
            string path = $"{DaxDriver}/{device}";
            if (files.Id(path + "/target_node") is { } node && files.Tree.RealPath(path) is { } place)
            {
                memory._kinds[node] =
                    place.Contains("/ndbus", StringComparison.Ordinal) ? "NVM"
                    : place.Contains("/ACPI0017", StringComparison.Ordinal) || place.Contains("cxl", StringComparison.Ordinal) ? "CXL"
                    : "SpecificPurpose";
            }
        }

        foreach (string gpu in files.Tree.List(NvidiaGpus, ""))
        {
            // Node: 255, then Status: online, and other lines.
            foreach (string line in (files.Text($"{NvidiaGpus}/{gpu}/numa_status") ?? "").Split('\n'))
            {
                if (line.StartsWith("Node:", StringComparison.Ordinal)
                    && int.TryParse(line.AsSpan("Node:".Length).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int node))
                {
                    memory._kinds[node] = "GPU";
                }
            }
        }

        return memory;
    }

    public int? TierOf(int node) => _tiers.TryGetValue(node, out int tier) ? tier : null;

    public string? KindOf(int node) => _kinds.TryGetValue(node, out string? kind) ? kind : null;
}
