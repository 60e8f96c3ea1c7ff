using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace KretPool.Benchmark.Loop;

/// <summary>
/// Times a fixed chain of arithmetic on the CPU that runs it. The chain touches no memory, so its time moves only with
/// the clock frequency: the one way to see a frequency change that works in a virtual machine, too.
/// </summary>
internal static class ClockProbe
{
    private const int Length = 8192;

    // Where the result goes, so that the chain is not optimised away.
    [ThreadStatic]
    private static ulong t_sink;

    /// <summary>Runs the chain a few times.</summary>
    /// <returns>The shortest time in nanoseconds: the one that was not interrupted.</returns>
    public static double Measure()
    {
        long shortest = long.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            long start = Stopwatch.GetTimestamp();
            t_sink = Chain(t_sink);
            shortest = Math.Min(shortest, Stopwatch.GetTimestamp() - start);
        }

        return shortest * ClockCost.NanosecondsPerTick;
    }

    // A linear congruential generator (Knuth's MMIX constants): every step waits for the one before.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static ulong Chain(ulong x)
    {
        for (int i = 0; i < Length; i++)
        {
            x = (x * 6364136223846793005) + 1442695040888963407;
        }

        return x;
    }
}
