namespace KretPool.Benchmark;

/// <summary>
/// Takes latencies in and gives percentiles out. Each thread records into one of its own; they are added up afterwards.
/// Not safe for use by several threads at once.
/// </summary>
public interface ILatencyRecorder
{
    /// <summary>Takes a latency in. Must not allocate.</summary>
    /// <param name="nanoseconds">The latency in nanoseconds, not negative.</param>
    void Record(long nanoseconds);

    /// <summary>Takes in all that another recorder of the same sort took in.</summary>
    /// <param name="other">The other recorder.</param>
    void Add(ILatencyRecorder other);

    /// <summary>Forgets all that was taken in.</summary>
    void Reset();

    /// <summary>The latency that a share of the operations stayed at or under.</summary>
    /// <param name="percentile">The share in percent, above 0, at most 100.</param>
    /// <returns>Nanoseconds; null if nothing was recorded.</returns>
    double? ValueAtPercentile(double percentile);

    /// <summary>The longest latency in nanoseconds; null if nothing was recorded.</summary>
    double? Maximum { get; }
}
