using System.Reflection;
using KretPool.Benchmark.Loop;
using KretPool.Pools;

namespace KretPool.Benchmark.Run;

/// <summary>One trial while it runs: its pool, its loop, and what was measured so far.</summary>
internal abstract class Lane(BenchmarkTrial trial)
{
    /// <summary>The trial.</summary>
    public BenchmarkTrial Trial { get; } = trial;

    /// <summary>The loop over the pool.</summary>
    public abstract TimedLoop Loop { get; }

    /// <summary>The iterations that were measured.</summary>
    public List<IterationSample> Samples { get; } = [];

    /// <summary>The latencies of all threads; null if they were not recorded.</summary>
    public ILatencyRecorder? Latency { get; set; }

    /// <summary>Why the trial failed; null while it has not.</summary>
    public Exception? Error { get; set; }

    /// <summary>What the pool tells about itself; null if it tells nothing.</summary>
    public abstract IPoolMetrics? Metrics { get; }

    /// <summary>Rents and returns with every object's owner marked, until told to stop. For many threads at once.</summary>
    /// <param name="worker">Which thread.</param>
    /// <param name="stop">Tells it to stop.</param>
    /// <exception cref="BrokenPoolException">An object was handed out that another thread held.</exception>
    public abstract void Verify(int worker, StopFlag stop);

    /// <summary>Takes every object out that the calling thread can get at. For one thread at a time.</summary>
    /// <exception cref="BrokenPoolException">An object came out twice, or was never in the pool.</exception>
    public abstract void Drain();

    /// <summary>How many objects have not come out again; 0 for a kind that makes its own and may forget some.</summary>
    public abstract int MissingCount { get; }

    /// <summary>What a third party's pool really threw, without reflection's wrapping.</summary>
    public static Exception Unwrap(Exception error) =>
        error is TargetInvocationException { InnerException: { } inner } ? Unwrap(inner) : error;
}

/// <inheritdoc cref="Lane"/>
/// <typeparam name="T">The object type.</typeparam>
internal sealed class Lane<T> : Lane
    where T : notnull
{
    private readonly IObjectPool<T> _pool;
    private readonly OwnershipLedger<T> _ledger;

    /// <summary>Makes the pool of a trial.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="pool">Its pool.</param>
    /// <param name="loop">The loop over it.</param>
    /// <param name="ledger">The objects that are in the pool.</param>
    public Lane(BenchmarkTrial trial, IObjectPool<T> pool, TimedLoop loop, OwnershipLedger<T> ledger)
        : base(trial)
    {
        (_pool, _ledger) = (pool, ledger);
        Loop = loop;
    }

    /// <inheritdoc/>
    public override TimedLoop Loop { get; }

    /// <inheritdoc/>
    public override IPoolMetrics? Metrics => _pool as IPoolMetrics;

    /// <inheritdoc/>
    public override void Verify(int worker, StopFlag stop)
    {
        int bulkSize = Trial.Conditions.BulkSize;
        var held = new List<T>(bulkSize);
        do
        {
            while (held.Count < bulkSize && _pool.TryRent(out T? item))
            {
                _ledger.Take(item);
                held.Add(item);
            }

            foreach (T item in held)
            {
                _ledger.GiveBack(item);
                _pool.Return(item);
            }

            held.Clear();
        }
        while (!stop.IsSet);
    }

    /// <inheritdoc/>
    public override void Drain()
    {
        // A kind that grows would go on for ever.
        for (int rents = 0; rents < _pool.Capacity + 1 && _pool.TryRent(out T? item); rents++)
        {
            _ledger.Take(item);
        }
    }

    /// <inheritdoc/>
    public override int MissingCount => Trial.Kind.Grows ? 0 : _ledger.FreeCount;
}
