using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KretPool.Pools;

/// <summary>
/// Counts what happens off the hot path. Each part has its own cache lines, so that threads on different CPUs that
/// count at the same time do not slow each other; the counts are exact.
/// </summary>
/// <param name="partCount">How many parts there are.</param>
internal sealed class SlowPathCounters(int partCount)
{
    private readonly Cell[] _cells = new Cell[partCount];

    /// <summary>Rents that found no object.</summary>
    public long Misses => Sum(cell => cell.Misses);

    /// <summary>Objects taken from another part.</summary>
    public long Steals => Sum(cell => cell.Steals);

    /// <summary>Bytes that the counters use.</summary>
    public long Bytes => (long)_cells.Length * Padding.FalseSharing;

    /// <summary>Counts a miss.</summary>
    /// <param name="part">The part of the thread's CPU.</param>
    /// <returns>Always <see langword="false"/>: what the rent returns.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool CountMiss(int part)
    {
        Interlocked.Increment(ref _cells[part].Misses);
        return false;
    }

    /// <summary>Counts an object taken from another part.</summary>
    /// <param name="part">The part of the thread's CPU.</param>
    /// <returns>Always <see langword="true"/>: what the rent returns.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool CountSteal(int part)
    {
        Interlocked.Increment(ref _cells[part].Steals);
        return true;
    }

    private long Sum(Func<Cell, long> count) => _cells.Sum(count);

    [StructLayout(LayoutKind.Sequential, Size = Padding.FalseSharing)]
    private struct Cell
    {
        public long Misses;
        public long Steals;
    }
}
