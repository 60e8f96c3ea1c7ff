using System.Globalization;
using KretPool.Placement;
using KretPool.Pools;
using KretPool.Topology;

namespace KretPool.Benchmark;

/// <summary>Multiplies the lists of a sweep out into sets of conditions, with defaults that fit the machine.</summary>
/// <param name="options">The options, checked.</param>
/// <param name="topology">The machine.</param>
internal sealed class ConditionsPlanner(BenchmarkOptions options, CpuTopology topology)
{
    private const int DefaultBulkSize = 8;

    private readonly CpuSet _allowed = CpuSet.Parse(topology.AllowedCpus);

    /// <summary>All conditions in the order in which they run.</summary>
    /// <exception cref="BenchmarkOptionException">The machine cannot meet an option.</exception>
    public IEnumerable<BenchmarkConditions> Plan() =>
        from workload in OrDefault(options.Workloads, BenchmarkWorkload.NonBlocking)
        from placement in OrDefault(options.Placements, PlacementStrategy.Compact)
        from within in new UsableCpus(topology).Choose(options.NodeSets, options.CpuSets)
        from memory in OrDefault(options.MemoryPolicies, MemoryPolicy.Default).Select(Possible)
        from objectSize in OrDefault(options.ObjectSizes, memory == MemoryPolicy.Default ? 0 : CacheLineSize)
        from bulkSize in BulkSizes(workload)
        from capacity in options.Capacities.Count > 0 ? options.Capacities.Distinct().Cast<int?>() : [null]
        from threadCount in ThreadCounts(placement, within)
        select new BenchmarkConditions
        {
            Workload = workload,
            ThreadCount = threadCount,
            Capacity = capacity ?? DefaultCapacity(workload, threadCount, bulkSize),
            ObjectSize = objectSize,
            BulkSize = bulkSize,
            Placement = placement,
            ThreadCpus = Place(placement, threadCount, within),
            MemoryPolicy = memory,
            ProbedRoutine = workload == BenchmarkWorkload.Probe ? options.ProbedRoutine ?? ProbedRoutine.Flock : null,
            HoldTime = workload == BenchmarkWorkload.Blocking ? options.HoldTime ?? TimeSpan.FromMilliseconds(1) : null,
            InterruptInterval = options.InterruptInterval,
            CloseWhileOut = options.CloseWhileOut,
        };

    // The size of a native object that nobody asked for: as small as can be without sharing a line.
    private const int CacheLineSize = 64;

    private static IEnumerable<T> OrDefault<T>(IReadOnlyList<T> list, T value) => list.Count > 0 ? list.Distinct() : [value];

    private MemoryPolicy Possible(MemoryPolicy policy)
    {
        if (policy.Node is not { } id)
        {
            return policy;
        }

        var node = topology.Nodes.FirstOrDefault(node => node.Id == id);
        return node switch
        {
            null => throw new BenchmarkOptionException("MemoryPolicy", policy.ToString(), UsableCpus.NoSuchNode(topology, id)),
            { MemoryTotalBytes: 0 } => throw new BenchmarkOptionException(
                "MemoryPolicy", policy.ToString(),
                $"NUMA node {id} has no memory. Nodes that have: {CpuSet.From(topology.Nodes.Where(node => node.MemoryTotalBytes is not 0).Select(node => node.Id))}."),
            _ => policy,
        };
    }

    private IEnumerable<int> BulkSizes(BenchmarkWorkload workload) =>
        workload is BenchmarkWorkload.Bulk or BenchmarkWorkload.BulkCall or BenchmarkWorkload.Miss
            ? OrDefault(options.BulkSizes, DefaultBulkSize)
            : workload == BenchmarkWorkload.Blocking ? OrDefault(options.BulkSizes, 1)
            : [1];

    // Eight for each CPU is what the kernel's own test of its object pool uses. It leaves every CPU's part enough even
    // where a kind splits the objects evenly and never borrows.
    private int DefaultCapacity(BenchmarkWorkload workload, int threadCount, int bulkSize)
    {
        long capacity = workload == BenchmarkWorkload.Miss
            ? Math.Max(1, (long)threadCount * bulkSize / 4)
            : 8L * bulkSize * Math.Max(threadCount, CpuSet.Parse(topology.OnlineCpus).Count);
        return (int)Math.Min(capacity, PoolOptions<object>.MaxCapacity);
    }

    private IEnumerable<int> ThreadCounts(PlacementStrategy placement, CpuSet? within)
    {
        if (options.ThreadCounts.Count > 0 && !options.FitThreadCounts)
        {
            return options.ThreadCounts.Distinct();
        }

        if (options.ThreadCounts.Count > 0)
        {
            int room = MaxThreads(placement, within);
            int[] fitting = [.. options.ThreadCounts.Distinct().Where(count => count <= room)];
            return fitting.Length > 0 ? fitting : [room];
        }

        int most = placement == PlacementStrategy.None
            ? (within ?? _allowed).Count
            : MaxThreads(placement, within);
        return Enumerable.Range(0, 31).Select(power => 1 << power).TakeWhile(count => count < most).Append(most);
    }

    private IReadOnlyList<CpuSet?> Place(PlacementStrategy placement, int threadCount, CpuSet? within)
    {
        int most = MaxThreads(placement, within);
        if (threadCount < 1 || threadCount > most)
        {
            throw new BenchmarkOptionException("ThreadCount", threadCount, TooMany(placement, threadCount, within, most));
        }

        // Unpinned threads still keep to the CPUs that were named.
        return placement == PlacementStrategy.None
            ? [.. Enumerable.Repeat(within, threadCount)]
            : [.. Choose(placement, threadCount, within).Select(cpu => CpuSet.From([cpu]))];
    }

    private int MaxThreads(PlacementStrategy placement, CpuSet? within) =>
        placement == PlacementStrategy.None ? BenchmarkPlan.MaxThreadCount
        : IsBeyondAffinity(within) ? within!.Count
        : CpuPlacement.MaxThreads(topology, placement, within);

    // A strategy orders the CPUs that the process may use. Named ones beyond them are taken in the order of their ids.
    private IReadOnlyList<int> Choose(PlacementStrategy placement, int threadCount, CpuSet? within) =>
        IsBeyondAffinity(within)
            ? CpuPlacement.Explicit(topology, within!, threadCount)
            : CpuPlacement.Choose(topology, placement, threadCount, within);

    private bool IsBeyondAffinity(CpuSet? within) => within is not null && within.Except(_allowed).Count > 0;

    private static string TooMany(PlacementStrategy placement, int threadCount, CpuSet? within, int most)
    {
        string where = within is null ? "" : $" on CPU {within}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"A thread count of {threadCount} is not possible. Placement {placement}{where} allows {(most == 1 ? "1 thread" : $"from 1 to {most} threads")}.")
            + (threadCount > most && placement != PlacementStrategy.None ? " Placement None allows more threads than CPUs." : "");
    }
}
