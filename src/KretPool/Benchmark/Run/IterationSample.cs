using KretPool.Benchmark.Loop;

namespace KretPool.Benchmark.Run;

/// <summary>What one iteration measured.</summary>
/// <param name="OpsPerSec">
/// Operations per second of all threads: the sum of each thread's operations over its own time, from the opening of the
/// gate until it left the loop. A thread that the system let wait after the gate opened is charged for it, and one that
/// saw the stop late gets credit for what it did.
/// </param>
/// <param name="ThreadOps">Operations of each thread.</param>
/// <param name="Hits">Rents that got an object, those of the interrupters among them.</param>
/// <param name="Misses">Rents that found none, those of the interrupters among them.</param>
/// <param name="AllocatedBytes">Bytes that the threads allocated.</param>
/// <param name="Gen0Collections">Garbage collections meanwhile.</param>
/// <param name="ClockProbeNs">The time of <see cref="ClockProbe"/> on each thread's CPU just before.</param>
internal sealed record IterationSample(
    double OpsPerSec,
    IReadOnlyList<long> ThreadOps,
    long Hits,
    long Misses,
    long AllocatedBytes,
    int Gen0Collections,
    IReadOnlyList<double> ClockProbeNs)
{
    /// <summary>Sums the threads up.</summary>
    /// <param name="threads">What each thread brought back.</param>
    /// <param name="interrupters">What each interrupter brought back: no throughput, but hits and misses.</param>
    /// <param name="openedAt">When the gate opened, as a timestamp.</param>
    /// <param name="gen0Collections">Garbage collections meanwhile.</param>
    /// <returns>The sample.</returns>
    public static IterationSample From(
        ReadOnlySpan<WorkerCell> threads, ReadOnlySpan<WorkerCell> interrupters, long openedAt, int gen0Collections)
    {
        double rate = 0;
        long hits = 0, misses = 0, allocated = 0;
        long[] ops = new long[threads.Length];
        double[] clock = new double[threads.Length];
        for (int thread = 0; thread < threads.Length; thread++)
        {
            ref readonly var cell = ref threads[thread];
            rate += cell.Counts.Hits * 1e9 / ((cell.EndedAt - openedAt) * ClockCost.NanosecondsPerTick);
            ops[thread] = cell.Counts.Hits;
            clock[thread] = cell.ClockProbeNs;
            allocated += cell.AllocatedBytes;
            Add(cell.Counts);
        }

        foreach (ref readonly var cell in interrupters)
        {
            Add(cell.Counts);
        }

        return new IterationSample(rate, ops, hits, misses, allocated, gen0Collections, clock);

        void Add(RentCounts counts)
        {
            hits += counts.Hits;
            misses += counts.Misses;
        }
    }
}
