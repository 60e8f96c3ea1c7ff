using KretPool.Benchmark.Loop;

namespace KretPool.Benchmark.Run;

/// <summary>What one iteration measured.</summary>
/// <param name="OpsPerSec">
/// Operations per second of all threads: the sum of each thread's operations over its own time, from the opening of the
/// gate until it left the loop. A thread that the system let wait after the gate opened is charged for it, and one that
/// saw the stop late gets credit for what it did.
/// </param>
/// <param name="ThreadOps">Operations of each thread.</param>
/// <param name="Misses">Rents of all threads that found no object.</param>
/// <param name="AllocatedBytes">Bytes that the threads allocated.</param>
/// <param name="Gen0Collections">Garbage collections meanwhile.</param>
/// <param name="ClockProbeNs">The time of <see cref="ClockProbe"/> on each thread's CPU just before.</param>
internal sealed record IterationSample(
    double OpsPerSec,
    IReadOnlyList<long> ThreadOps,
    long Misses,
    long AllocatedBytes,
    int Gen0Collections,
    IReadOnlyList<double> ClockProbeNs)
{
    /// <summary>Sums the threads up.</summary>
    /// <param name="cells">What each thread brought back.</param>
    /// <param name="openedAt">When the gate opened, as a timestamp.</param>
    /// <param name="gen0Collections">Garbage collections meanwhile.</param>
    /// <returns>The sample.</returns>
    public static IterationSample From(WorkerCell[] cells, long openedAt, int gen0Collections) => new(
        cells.Sum(cell => cell.Counts.Hits * 1e9 / ((cell.EndedAt - openedAt) * ClockCost.NanosecondsPerTick)),
        Array.ConvertAll(cells, cell => cell.Counts.Hits),
        cells.Sum(cell => cell.Counts.Misses),
        cells.Sum(cell => cell.AllocatedBytes),
        gen0Collections,
        Array.ConvertAll(cells, cell => cell.ClockProbeNs));
}
