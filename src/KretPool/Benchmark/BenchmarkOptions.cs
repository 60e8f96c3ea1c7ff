using KretPool.Placement;
using KretPool.Pools;
using KretPool.Topology;

namespace KretPool.Benchmark;

/// <summary>
/// What to measure. Every list is swept: the sweep is their cross product. An empty list stands for a sensible default
/// that <see cref="BenchmarkPlan"/> works out for the machine.
/// </summary>
public sealed record BenchmarkOptions
{
    /// <summary>The kinds of pool; at least one. They are what is compared under each set of conditions.</summary>
    public IReadOnlyList<PoolKind> Kinds { get; init; } = [];

    /// <summary>Threads that rent and return; empty for 1, 2, 4, ... up to as many as the placement allows.</summary>
    public IReadOnlyList<int> ThreadCounts { get; init; } = [];

    /// <summary>
    /// Whether thread counts that a placement has no room for are left out instead of refused. If none is left, it is as many
    /// threads as there is room for.
    /// </summary>
    public bool FitThreadCounts { get; init; }

    /// <summary>What each thread does; empty for <see cref="BenchmarkWorkload.NonBlocking"/>.</summary>
    public IReadOnlyList<BenchmarkWorkload> Workloads { get; init; } = [];

    /// <summary>
    /// Objects in the pool, from 1 to <see cref="PoolOptions{T}.MaxCapacity"/>. Empty for 8 times the bulk size for each
    /// CPU of the machine, or for each thread if there are more of them; for <see cref="BenchmarkWorkload.Miss"/>, a
    /// quarter of what the threads try to hold at once.
    /// </summary>
    public IReadOnlyList<int> Capacities { get; init; } = [];

    /// <summary>
    /// Bytes of each object, from 0 to <see cref="BenchmarkPlan.MaxObjectSize"/>. 0 is a managed object without a
    /// payload; above 0, a block of native memory. Empty for 0, or for 64 with a memory policy other than Default.
    /// </summary>
    public IReadOnlyList<int> ObjectSizes { get; init; } = [];

    /// <summary>
    /// Rents in a row, for the workloads Bulk, BulkCall, Miss and Blocking; the others rent one at a time. From 1 to
    /// <see cref="BenchmarkPlan.MaxBulkSize"/>. Empty for 8, and for 1 with Blocking.
    /// </summary>
    public IReadOnlyList<int> BulkSizes { get; init; } = [];

    /// <summary>How threads are laid over CPUs; empty for <see cref="PlacementStrategy.Compact"/>.</summary>
    public IReadOnlyList<PlacementStrategy> Placements { get; init; } = [];

    /// <summary>Sets of NUMA nodes whose CPUs are used, one after the other; empty for all nodes.</summary>
    public IReadOnlyList<CpuSet> NodeSets { get; init; } = [];

    /// <summary>Sets of CPUs that are used, one after the other; empty for all CPUs that the process may use.</summary>
    public IReadOnlyList<CpuSet> CpuSets { get; init; } = [];

    /// <summary>Where the memory of the objects comes from; empty for <see cref="MemoryPolicy.Default"/>.</summary>
    public IReadOnlyList<MemoryPolicy> MemoryPolicies { get; init; } = [];

    /// <summary>How long an iteration lasts, from 1 ms to an hour.</summary>
    public TimeSpan IterationTime { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long each kind runs before its first iteration, up to an hour.</summary>
    public TimeSpan WarmupTime { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Iterations of each trial, from 1 to 10,000. With fewer than 6 there is no 95 % interval.</summary>
    public int IterationCount { get; init; } = 10;

    /// <summary>How long the workload Blocking sleeps with an object in hand, up to an hour; null for 1 ms.</summary>
    public TimeSpan? HoldTime { get; init; }

    /// <summary>What the workload Probe runs with an object in hand; null for <see cref="ProbedRoutine.Flock"/>.</summary>
    public ProbedRoutine? ProbedRoutine { get; init; }

    /// <summary>
    /// How often a second thread on each thread's CPU wakes and rents and returns as well, as a timer interrupt does;
    /// from 100 µs to an hour. Null for none.
    /// </summary>
    public TimeSpan? InterruptInterval { get; init; }

    /// <summary>Whether each trial ends with closing the pool while every thread still holds objects.</summary>
    public bool CloseWhileOut { get; init; }

    /// <summary>Whether the latency of each operation is recorded, in a pass of its own after the iterations.</summary>
    public bool Latency { get; init; }

    /// <summary>Seed of the order in which objects are put into the pools.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>After this time no further block is started; null for no limit.</summary>
    public TimeSpan? MaxDuration { get; init; }
}
