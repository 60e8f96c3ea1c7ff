using KretPool.Analysis.Rows;
using KretPool.Analysis.Statistics;
using KretPool.Results;
using KretPool.Topology;

namespace KretPool.Analysis.Scaling;

/// <summary>Throughput over threads of one kind under one set of conditions on one machine.</summary>
internal sealed class ScalingCurve
{
    private readonly ILookup<int, PoolBenchmarkResult> _byThreads;

    private ScalingCurve(IReadOnlyList<PoolBenchmarkResult> results)
    {
        First = results[0];
        Capacity = results.Select(result => result.Capacity).Distinct().Count() == 1 ? First.Capacity : 0;
        _byThreads = results.ToLookup(result => result.ThreadCount);
    }

    /// <summary>Any result of the curve, for what they have in common.</summary>
    public PoolBenchmarkResult First { get; }

    /// <summary>The capacity that all have in common, or 0.</summary>
    public int Capacity { get; }

    public IReadOnlyList<int> ThreadCounts => [.. _byThreads.Select(group => group.Key).Order()];

    /// <summary>Splits results into curves. Capacities split them unless the capacity follows the thread count.</summary>
    public static IEnumerable<ScalingCurve> Split(IEnumerable<PoolBenchmarkResult> results) =>
        from result in results
        where result.OpsPerSec > 0
        group result by (
            result.HostName, result.Kind, result.Workload, result.ObjectSize, result.BulkSize, result.Placement,
            result.MemoryPolicy, result.ProbedRoutine, result.HoldMs, result.InterruptMs, result.ClosedWhileOut)
        into series
        let followsThreads = series.GroupBy(result => result.ThreadCount)
            .All(same => same.Select(result => result.Capacity).Distinct().Count() == 1)
        from curve in series.GroupBy(result => followsThreads ? 0 : result.Capacity)
        select new ScalingCurve([.. curve]);

    /// <summary>The median throughput with a thread count; null if it was not measured.</summary>
    public double? Throughput(int threadCount) =>
        _byThreads.Contains(threadCount) ? Median.Of(_byThreads[threadCount].SelectMany(ResultRow.Samples)) : null;

    /// <summary>The throughput with a thread count in terms of what one thread does with the fewest threads measured.</summary>
    public double SpeedUp(int threadCount) =>
        Throughput(threadCount)!.Value / Throughput(ThreadCounts[0])!.Value * ThreadCounts[0];

    /// <summary>On which side of the border between nodes or packages each thread count lies. Where that is not known of
    /// one of them, it is of no use to know it of the others.</summary>
    public IReadOnlyDictionary<int, PoolScalingScope> Scopes(CpuTopology? topology)
    {
        var crosses = ThreadCounts.ToDictionary(count => count, count => Crosses(count, topology));
        bool known = !crosses.ContainsValue(null);
        return crosses.ToDictionary(
            side => side.Key,
            side => !known ? PoolScalingScope.Whole : side.Value == true ? PoolScalingScope.Across : PoolScalingScope.Within);
    }

    // Null if it is not known. Without a topology of the results' machine it may be this one's, which is known by its shape.
    private bool? Crosses(int threadCount, CpuTopology? topology)
    {
        var result = _byThreads[threadCount].First();
        string cpus = result.EffectiveCpus.Length > 0 ? result.EffectiveCpus : result.Cpus;
        topology ??= result.TopologyDigest.Length > 0 && result.TopologyDigest == CpuTopology.Current.Digest ? CpuTopology.Current : null;
        if (topology is not null && topology.Packages.Count > 0 && CpuSet.TryParse(cpus, out var used) && used.Count > 0)
        {
            return Reaches(used, topology.Packages.Select(package => package.Cpus))
                || Reaches(used, topology.Nodes.Select(node => node.Cpus));
        }

        return CpuSet.TryParse(result.Nodes, out var nodes) && nodes.Count > 0 ? nodes.Count > 1 : null;
    }

    private static bool Reaches(CpuSet used, IEnumerable<string> parts) =>
        parts.Count(part => CpuSet.TryParse(part, out var cpus) && cpus.Intersect(used).Count > 0) > 1;
}
