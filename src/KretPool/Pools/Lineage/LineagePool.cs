namespace KretPool.Pools.Lineage;

/// <summary>What the queues of the published evaluation share here: parts by CPU, and counters off the hot path.</summary>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
public abstract class LineagePool<T> : PoolBase<T>, IPoolMetrics
{
    private protected LineagePool(PoolOptions<T> options)
        : base(options)
    {
        Parts = new CpuParts(options.Topology);
        Counters = new SlowPathCounters(Parts.Count);
    }

    /// <inheritdoc/>
    public long PoolBytes => Parts.Bytes + Counters.Bytes + QueueBytes;

    private protected CpuParts Parts { get; }

    private protected SlowPathCounters Counters { get; }

    /// <summary>Bytes of the queue itself.</summary>
    private protected abstract long QueueBytes { get; }

    /// <summary>Whether an object taken from another CPU's part is told from one of its own.</summary>
    private protected virtual bool CountsSteals => false;

    /// <inheritdoc/>
    public PoolStatistics GetStatistics() =>
        new(Hits: null, Counters.Misses, CountsSteals ? Counters.Steals : null, RemoteRents: null);

    private protected void CountMissIf(bool missed, int part)
    {
        if (missed)
        {
            Counters.CountMiss(part);
        }
    }
}
