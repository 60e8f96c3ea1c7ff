using KretPool.Benchmark.Loop;
using KretPool.Pools;
using KretPool.Topology;

namespace KretPool.Benchmark.Run;

/// <summary>Makes the pools of a block, each with objects of its own, and the loops over them.</summary>
/// <param name="block">The block.</param>
/// <param name="topology">The machine.</param>
/// <param name="cancel">Cuts long sleeps of the loops short.</param>
internal sealed class LaneFactory(BenchmarkBlock block, CpuTopology topology, CancellationToken cancel) : IDisposable
{
    private readonly List<IDisposable> _belongings = [];
    private LoopFactory<ManagedItem, BenchmarkObject>? _managed;
    private LoopFactory<NativeItem, nint>? _native;

    private LoopFactory<ManagedItem, BenchmarkObject> Managed => _managed ??= new(block.Conditions, cancel);

    private LoopFactory<NativeItem, nint> Native => _native ??= new(block.Conditions, cancel);

    /// <summary>The loop without a pool.</summary>
    public TimedLoop EmptyLoop => block.Conditions.ObjectSize == 0 ? Managed.EmptyLoop : Native.EmptyLoop;

    /// <inheritdoc cref="LoopedPool{T}.Rehearsal"/>
    public TimedLoop EmptyRehearsal => block.Conditions.ObjectSize == 0 ? Managed.EmptyRehearsal : Native.EmptyRehearsal;

    /// <summary>Makes the pool of a trial.</summary>
    /// <param name="trial">The trial.</param>
    /// <returns>Its lane.</returns>
    /// <remarks>
    /// A kind that makes objects and forgets them gets managed objects with a payload where others get native blocks: that
    /// is what a program without a pool would use, and native blocks that are forgotten would never be freed.
    /// </remarks>
    public Lane Create(BenchmarkTrial trial) =>
        block.Conditions.ObjectSize == 0 || trial.Kind.Grows ? CreateManaged(trial) : CreateNative(trial);

    /// <inheritdoc/>
    public void Dispose()
    {
        _belongings.ForEach(belonging => belonging.Dispose());
        _managed?.Dispose();
        _native?.Dispose();
    }

    private Lane<BenchmarkObject> CreateManaged(BenchmarkTrial trial)
    {
        var conditions = trial.Conditions;
        var objects = new BenchmarkObject[conditions.Capacity];
        for (int index = 0; index < objects.Length; index++)
        {
            cancel.ThrowIfCancellationRequested();
            objects[index] = Make(index);
        }

        Shuffle(objects);
        var options = new PoolOptions<BenchmarkObject>(objects) { Factory = () => Make(-1), Topology = topology };
        return new Lane<BenchmarkObject>(
            trial,
            Managed.Create(trial, options),
            new OwnershipLedger<BenchmarkObject>(item => item.Index, conditions.Capacity, trial.Kind.Grows),
            new RemoteRents<BenchmarkObject>(topology, conditions, _ => -1),
            conditions.MemoryPolicy == MemoryPolicy.Default
                ? []
                : [$"memory policy {conditions.MemoryPolicy} does not reach the managed objects that this kind makes"]);

        BenchmarkObject Make(int index) => new(index, conditions.ObjectSize == 0 ? null : new byte[conditions.ObjectSize]);
    }

    private Lane<nint> CreateNative(BenchmarkTrial trial)
    {
        var objects = new NativeObjects(trial.Conditions, topology);
        _belongings.Add(objects);
        nint[] blocks = [.. objects.Blocks];

        // Local shares are dealt out in order: to shuffle them would undo the policy.
        if (trial.Conditions.MemoryPolicy != MemoryPolicy.Local)
        {
            Shuffle(blocks);
        }

        var options = new PoolOptions<nint>(blocks) { Topology = topology, NodeOf = objects.NodeOf };
        return new Lane<nint>(
            trial,
            Native.Create(trial, options),
            new OwnershipLedger<nint>(objects.IndexOf, trial.Conditions.Capacity, trial.Kind.Grows),
            new RemoteRents<nint>(topology, trial.Conditions, objects.NodeOf),
            objects.Problems);
    }

    // Neighbours in memory are not to be neighbours in the pool by construction.
    private void Shuffle<T>(T[] objects)
    {
#pragma warning disable CA5394 // Random is for the order of objects, not for security.
        new Random(block.Options.Seed).Shuffle(objects);
#pragma warning restore CA5394
    }
}
