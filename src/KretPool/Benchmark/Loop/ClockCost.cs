using System.Diagnostics;

namespace KretPool.Benchmark.Loop;

/// <summary>What reading the clock costs, and how finely it tells time.</summary>
/// <param name="CostNs">Nanoseconds that one reading takes; the median of many.</param>
/// <param name="ResolutionNs">Nanoseconds of the smallest step seen between two readings.</param>
internal sealed record ClockCost(double CostNs, double ResolutionNs)
{
    /// <summary>Nanoseconds in one tick of <see cref="Stopwatch"/>.</summary>
    public static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    private static readonly Lazy<ClockCost> s_current = new(Measure);

    /// <summary>The clock of this machine, measured once.</summary>
    public static ClockCost Current => s_current.Value;

    private static ClockCost Measure()
    {
        const int Batches = 200, Readings = 100;
        var costs = new double[Batches];
        long smallest = long.MaxValue;
        for (int batch = 0; batch < Batches; batch++)
        {
            long start = Stopwatch.GetTimestamp(), last = start;
            for (int i = 0; i < Readings; i++)
            {
                long now = Stopwatch.GetTimestamp();
                smallest = now > last ? Math.Min(smallest, now - last) : smallest;
                last = now;
            }

            costs[batch] = (last - start) * NanosecondsPerTick / Readings;
        }

        return new ClockCost(SampleStatistics.Median(costs), Math.Max(1, smallest) * NanosecondsPerTick);
    }
}
