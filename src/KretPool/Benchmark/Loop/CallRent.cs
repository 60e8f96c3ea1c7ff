using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace KretPool.Benchmark.Loop;

/// <summary>Rents a row of objects with one call, then returns them with one call.</summary>
/// <typeparam name="TItem">The object, as the loop handles it.</typeparam>
/// <param name="length">Objects asked for by a call.</param>
internal readonly struct CallRent<TItem>(int length) : IWorkload<TItem>
    where TItem : struct
{
    private readonly TItem[] _row = RowBuffer.Allocate<TItem>(length);

    /// <inheritdoc/>
    public int TurnsPerCheck => RowBuffer.TurnsPerCheck(length);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Turn<TPool>(ref TPool pool, ref RentCounts counts)
        where TPool : struct, IPoolAdapter<TItem>
    {
        Span<TItem> row = _row.AsSpan(RowBuffer.Margin<TItem>(), length);
        int held = pool.Rent(row);
        counts.Hits += held;
        counts.Misses += length - held;
        pool.Return(row[..held]);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double TimedTurn<TPool>(ref TPool pool, ref RentCounts counts)
        where TPool : struct, IPoolAdapter<TItem>
    {
        long start = Stopwatch.GetTimestamp();
        Turn(ref pool, ref counts);
        return (double)(Stopwatch.GetTimestamp() - start) / length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
