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

        NoteOverlaps(files, cpusOf);
        var columns = DistanceColumns(files, ids);
        var tiers = MemoryTiers.Read(files);
        foreach (int id in ids)
        {
            string directory = $"{Root}/node{id}";
            var (total, free) = Memory(files, directory + "/meminfo");
            var access = NodeAccess.Read(files, directory);
            var distances = Distances(files, directory, columns);
            nodes.Add(new NumaNode(id, cpusOf[id].ToString(), total, free, distances)
            {
                LocalCpus = LocalCpus(id, access.Initiators, distances, cpusOf).ToString(),
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

    // A kernel puts each CPU on one node. Firmware that says otherwise is told of, and believed.
    private static void NoteOverlaps(KernelFiles files, Dictionary<int, CpuSet> cpusOf)
    {
        var seen = CpuSet.Empty;
        foreach (var (id, cpus) in cpusOf)
        {
            if (cpus.Intersect(seen) is { Count: > 0 } twice)
            {
                files.Lost.Add($"{Root}/node{id}/cpumap", $"CPUs {twice} are on another node too");
            }

            seen = seen.Union(cpus);
        }
    }

    // Its own, else those that the firmware names, else those of the nodes at the shortest distance.
    private static CpuSet LocalCpus(
        int id, CpuSet initiators, Dictionary<int, int> distances, Dictionary<int, CpuSet> cpusOf)
    {
        if (cpusOf[id].Count > 0)
        {
            return cpusOf[id];
        }

        var named = CpusOf(initiators, cpusOf);
        var withCpus = distances.Where(pair => cpusOf.GetValueOrDefault(pair.Key, CpuSet.Empty).Count > 0).ToList();
        if (named.Count > 0 || withCpus.Count == 0)
        {
            return named;
        }

        int shortest = withCpus.Min(pair => pair.Value);
        return CpusOf(CpuSet.From(withCpus.Where(pair => pair.Value == shortest).Select(pair => pair.Key)), cpusOf);
    }

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
