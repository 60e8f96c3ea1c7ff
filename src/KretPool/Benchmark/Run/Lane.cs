using KretPool.Benchmark.Loop;
using KretPool.Pools;

namespace KretPool.Benchmark.Run;

/// <summary>One trial while it runs: its pool, its loops, and what was measured so far.</summary>
/// <param name="trial">The trial.</param>
internal abstract class Lane(BenchmarkTrial trial)
{
    /// <summary>The trial.</summary>
    public BenchmarkTrial Trial { get; } = trial;

    /// <summary>What threads do with the pool.</summary>
    public abstract TimedLoop Loop { get; }

    /// <inheritdoc cref="LoopedPool{T}.Rehearsal"/>
    public abstract TimedLoop Rehearsal { get; }

    /// <summary>What interrupters do with the pool; null without.</summary>
    public abstract TimedLoop? Interrupters { get; }

    /// <summary>The iterations that were measured.</summary>
    public List<IterationSample> Samples { get; } = [];

    /// <summary>The latencies of all threads; null if they were not recorded.</summary>
    public ILatencyRecorder? Latency { get; set; }

    /// <summary>Why the trial failed; null while it has not.</summary>
    public Exception? Error { get; set; }

    /// <summary>Bytes that the pool itself uses; null if it does not tell.</summary>
    public abstract long? PoolBytes { get; }

    /// <summary>Share of the rents that got an object from another node; null if unknown.</summary>
    public abstract double? RemoteRentRate { get; }

    /// <summary>What was asked for the objects' memory and not had.</summary>
    public abstract IReadOnlyList<string> MemoryProblems { get; }

    /// <summary>Whether the pool is to be closed while objects are out.</summary>
    public abstract bool Closes { get; }

    /// <summary>How many objects have not come out again; 0 for a kind that makes its own and may forget some.</summary>
    public abstract int MissingCount { get; }

    /// <summary>
    /// Rents and returns with every object's owner marked, until told to stop, and counts remote rents. For many threads at
    /// once.
    /// </summary>
    /// <param name="worker">Which thread.</param>
    /// <param name="stop">Tells it to stop.</param>
    /// <exception cref="BrokenPoolException">An object was handed out that another thread held.</exception>
    public abstract void Verify(int worker, StopFlag stop);

    /// <summary>Takes every object out that the calling thread can get at. For one thread at a time.</summary>
    /// <exception cref="BrokenPoolException">An object came out twice.</exception>
    public abstract void Drain();

    /// <summary>Closes the pool while every thread holds objects, lets the threads return them, and checks how it ends.</summary>
    /// <param name="stage">Where the threads are.</param>
    /// <exception cref="BrokenPoolException">It did not end once, or did not release every object.</exception>
    public abstract void CloseWhileOut(Stage stage);
}

/// <inheritdoc cref="Lane"/>
/// <typeparam name="T">The object type.</typeparam>
/// <param name="trial">The trial.</param>
/// <param name="looped">Its pool and loops.</param>
/// <param name="ledger">The objects that are in the pool.</param>
/// <param name="remoteRents">Counts remote rents.</param>
/// <param name="memoryProblems">What was asked for the objects' memory and not had.</param>
internal sealed class Lane<T>(
    BenchmarkTrial trial,
    LoopedPool<T> looped,
    OwnershipLedger<T> ledger,
    RemoteRents<T> remoteRents,
    IReadOnlyList<string> memoryProblems)
    : Lane(trial)
    where T : notnull
{
    private readonly IObjectPool<T> _pool = looped.Pool;

    /// <inheritdoc/>
    public override TimedLoop Loop => looped.Loop;

    /// <inheritdoc/>
    public override TimedLoop Rehearsal => looped.Rehearsal;

    /// <inheritdoc/>
    public override TimedLoop? Interrupters => looped.Interrupters;

    /// <inheritdoc/>
    public override long? PoolBytes => (_pool as IPoolMetrics)?.PoolBytes;

    /// <inheritdoc/>
    public override double? RemoteRentRate => remoteRents.Rate;

    /// <inheritdoc/>
    public override IReadOnlyList<string> MemoryProblems => memoryProblems;

    /// <inheritdoc/>
    public override bool Closes => looped.Ending is not null;

    /// <inheritdoc/>
    public override int MissingCount => Trial.Kind.Grows ? 0 : ledger.FreeCount;

    /// <inheritdoc/>
    public override void Verify(int worker, StopFlag stop)
    {
        var held = new List<T>(Trial.Conditions.BulkSize);
        long known = 0, remote = 0;
        do
        {
            Take(held);
            foreach (T item in held)
            {
                bool? isRemote = remoteRents.IsRemote(worker, item);
                known += isRemote is null ? 0 : 1;
                remote += isRemote is true ? 1 : 0;
                ledger.GiveBack(item);
                _pool.Return(item);
            }

            held.Clear();
        }
        while (!stop.IsSet);

        remoteRents.Add(known, remote);
    }

    /// <inheritdoc/>
    public override void Drain()
    {
        // A kind that grows would go on for ever.
        for (int rents = 0; rents <= _pool.Capacity && _pool.TryRent(out T? item); rents++)
        {
            ledger.Take(item);
        }
    }

    /// <inheritdoc/>
    public override void CloseWhileOut(Stage stage)
    {
        List<T>[] held = [.. Enumerable.Range(0, stage.ThreadCount).Select(_ => new List<T>())];
        stage.Perform((worker, _) => Take(held[worker]), TimeSpan.Zero);
        looped.Ending!.Close(held.Sum(objects => objects.Count));
        stage.Perform(
            (worker, _) =>
            {
                foreach (T item in held[worker])
                {
                    ledger.GiveBack(item);
                    _pool.Return(item);
                }
            },
            TimeSpan.Zero);
        looped.Ending.Check(Trial.Kind);
    }

    private void Take(List<T> held)
    {
        while (held.Count < Trial.Conditions.BulkSize && _pool.TryRent(out T? item))
        {
            ledger.Take(item);
            held.Add(item);
        }
    }
}
