using HdrHistogram;
using KretPool.Benchmark;

namespace KretPool.Analysis;

/// <summary>
/// Latencies in a high dynamic range histogram: from 1 ns to 10 minutes with three significant digits, at a fixed cost in
/// memory (about 250 KiB) and without allocation. Longer latencies count as 10 minutes.
/// </summary>
/// <remarks>Source: G. Tene, HdrHistogram. Not safe for use by several threads at once.</remarks>
public sealed class HdrLatencyRecorder : ILatencyRecorder
{
    private const int SignificantDigits = 3;
    private const long Longest = 600_000_000_000;

    private readonly LongHistogram _histogram = new(Longest, SignificantDigits);

    /// <inheritdoc/>
    public double? Maximum => IsEmpty ? null : _histogram.GetMaxValue();

    private bool IsEmpty => _histogram.TotalCount == 0;

    /// <inheritdoc/>
    public void Record(long nanoseconds) => _histogram.RecordValue(Math.Min(nanoseconds, Longest));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The other recorder is not of this class.</exception>
    public void Add(ILatencyRecorder other) => _histogram.Add(
        other is HdrLatencyRecorder recorder
            ? recorder._histogram
            : throw new ArgumentException($"A {other?.GetType().Name ?? "null"} cannot be added to a {nameof(HdrLatencyRecorder)}.", nameof(other)));

    /// <inheritdoc/>
    public void Reset() => _histogram.Reset();

    /// <inheritdoc/>
    public double? ValueAtPercentile(double percentile) => IsEmpty ? null : _histogram.GetValueAtPercentile(percentile);
}
