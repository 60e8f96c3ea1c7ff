using KretPool.Benchmark.Loop;
using KretPool.Pools;
using KretPool.Topology;

namespace KretPool.Benchmark.Run;

/// <summary>Makes the pools of a block, each with objects of its own, and the loops over them.</summary>
internal sealed class LaneFactory : IDisposable
{
    private readonly BenchmarkBlock _block;
    private readonly CpuTopology _topology;
    private readonly WorkloadSet<ManagedItem, BenchmarkObject> _workloads;

    /// <summary>Prepares the workload of a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="topology">The machine.</param>
    public LaneFactory(BenchmarkBlock block, CpuTopology topology)
    {
        (_block, _topology) = (block, topology);
        _workloads = WorkloadSet<ManagedItem, BenchmarkObject>.Create(block.Conditions, block.Conditions.ThreadCount);
        EmptyLoop = _workloads.EmptyLoop();
    }

    /// <summary>The loop without a pool.</summary>
    public TimedLoop EmptyLoop { get; }

    /// <summary>Makes the pool of a trial.</summary>
    /// <param name="trial">The trial.</param>
    /// <returns>Its lane.</returns>
    public Lane Create(BenchmarkTrial trial)
    {
        var conditions = trial.Conditions;
        BenchmarkObject[] objects = [.. Enumerable.Range(0, conditions.Capacity).Select(index => Make(index, conditions.ObjectSize))];

        // Neighbours in memory are not to be neighbours in the pool by construction.
#pragma warning disable CA5394 // Random is for the order of objects, not for security.
        new Random(_block.Options.Seed).Shuffle(objects);
#pragma warning restore CA5394
        var pool = trial.Kind.Create(new PoolOptions<BenchmarkObject>(objects)
        {
            Factory = () => Make(-1, conditions.ObjectSize),
            Topology = _topology,
        });
        return new Lane<BenchmarkObject>(
            trial, pool, _workloads.LoopOver(pool), new OwnershipLedger<BenchmarkObject>(item => item.Index, conditions.Capacity));
    }

    /// <inheritdoc/>
    public void Dispose() => _workloads.Dispose();

    private static BenchmarkObject Make(int index, int size) => new(index, size == 0 ? null : new byte[size]);
}
