using System.Diagnostics;
using KretPool.Benchmark.Holds;

namespace KretPool.Benchmark.Loop;

/// <summary>
/// Times a fixed chain of arithmetic on the CPU that runs it. The chain touches no memory, so its time moves only with
/// the clock frequency: the one way to see a frequency change that works in a virtual machine, too.
/// </summary>
internal static class ClockProbe
{
    private const int Length = 8192;

    /// <summary>Runs the chain a few times.</summary>
    /// <returns>The shortest time in nanoseconds: the one that was not interrupted.</returns>
    public static double Measure()
    {
        long shortest = long.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            long start = Stopwatch.GetTimestamp();
            SpinHold.Spin(Length);
            shortest = Math.Min(shortest, Stopwatch.GetTimestamp() - start);
        }

        return shortest * ClockCost.NanosecondsPerTick;
    }
}
