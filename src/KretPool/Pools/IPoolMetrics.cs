namespace KretPool.Pools;

/// <summary>What a kind of pool can tell about itself. Optional beside <see cref="IObjectPool{T}"/>.</summary>
public interface IPoolMetrics
{
    /// <summary>Bytes that the pool itself uses, without the objects in it.</summary>
    long PoolBytes { get; }

    /// <summary>
    /// Reads the counters. Safe to call at any time; the counts of threads that run meanwhile may lag by a few.
    /// </summary>
    /// <returns>A snapshot.</returns>
    PoolStatistics GetStatistics();
}
