using System.Globalization;

namespace KretPool.Topology.Linux;

/// <summary>NUMA nodes with their memory, distances and tiers.</summary>
/// <remarks>Documentation/ABI/stable/sysfs-devices-node, Documentation/admin-guide/mm/numaperf.rst (access classes) and
/// Documentation/ABI/testing/sysfs-kernel-mm-memory-tiers.</remarks>
internal static class Nodes
{
    private const string Root = "sys/devices/system/node";

    public static List<NumaNode> Read(KernelFiles files, CpuSet online)
    {
        var nodes = new List<NumaNode>();
        var ids = files.Numbered(Root, "node");
        if (ids.Count == 0)
        {
            return nodes;
        }

        var cpusOf = new Dictionary<int, CpuSet>();
        foreach (int id in ids)
        {
            cpusOf[id] = Cpus(files, $"{Root}/node{id}").Intersect(online);
        }

        var columns = DistanceColumns(files, ids);
        var tiers = MemoryTiers.Read(files);
        foreach (int id in ids)
        {
            string directory = $"{Root}/node{id}";
            var (total, free) = Memory(files, directory + "/meminfo");
            var access = NodeAccess.Read(files, directory);
            nodes.Add(new NumaNode(id, cpusOf[id].ToString(), total, free, Distances(files, directory, columns))
            {
                LocalCpus = (cpusOf[id].Count > 0 ? cpusOf[id] : CpusOf(access.Initiators, cpusOf)).ToString(),
                MemoryTier = tiers.TierOf(id),
                MemoryKind = tiers.KindOf(id),
                ReadLatencyNs = access.ReadLatencyNs,
                WriteLatencyNs = access.WriteLatencyNs,
                ReadBandwidthMiBPerSec = access.ReadBandwidthMiBPerSec,
                WriteBandwidthMiBPerSec = access.WriteBandwidthMiBPerSec,
                HugePages = HugePagePools.Read(files, directory + "/hugepages"),
            });
        }

        return nodes;
    }

    private static CpuSet Cpus(KernelFiles files, string directory) =>
        files.MaskOrList(directory + "/cpumap", directory + "/cpulist", expected: true)
        ?? files.Numbered(directory, "cpu");

    private static CpuSet CpusOf(CpuSet nodes, Dictionary<int, CpuSet> cpusOf)
    {
        var cpus = CpuSet.Empty;
        foreach (int node in nodes)
        {
            cpus = cpus.Union(cpusOf.GetValueOrDefault(node, CpuSet.Empty));
        }

        return cpus;
    }

    // A row of distances has a column for each online node, without saying which.
    private static List<CpuSet> DistanceColumns(KernelFiles files, CpuSet ids)
    {
        var online = files.List(Root + "/online");
        return online is null || online.Equals(ids) ? [ids] : [online, ids];
    }

    private static Dictionary<int, int> Distances(KernelFiles files, string directory, List<CpuSet> columns)
    {
        var distances = new Dictionary<int, int>();
        string path = directory + "/distance";
        string? text = files.Text(path, expected: true);
        if (text is null)
        {
            return distances;
        }

        string[] row = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var ids = columns.Find(set => set.Count == row.Length);
        if (ids is null)
        {
            files.Lost.Add(path, $"{row.Length} distances for {columns[^1].Count} nodes");
            return distances;
        }

        for (int i = 0; i < row.Length; i++)
        {
            if (!int.TryParse(row[i], NumberStyles.None, CultureInfo.InvariantCulture, out int distance))
            {
                files.Lost.Add(path, KernelFiles.Nonsense(text, "a row of distances"));
                distances.Clear();
                return distances;
            }

            distances[ids[i]] = distance;
        }

        return distances;
    }

    private static (long? Total, long? Free) Memory(KernelFiles files, string path)
    {
        string? text = files.Text(path, expected: true);
        return text is null ? (null, null) : (MemInfo.Bytes(text, "MemTotal:"), MemInfo.Bytes(text, "MemFree:"));
    }
}
