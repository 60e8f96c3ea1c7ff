using System.Diagnostics;
using System.Runtime.CompilerServices;
using KretPool.Benchmark.Holds;

namespace KretPool.Benchmark.Loop;

/// <summary>Rents a row of objects, one call each, passes the hold, then returns them, one call each, in the order they
/// came.</summary>
/// <typeparam name="TItem">The object, as the loop handles it.</typeparam>
/// <typeparam name="THold">What happens between the last rent and the first return.</typeparam>
/// <param name="length">Rents in a row.</param>
/// <param name="hold">What happens between the last rent and the first return.</param>
internal readonly struct RowRent<TItem, THold>(int length, THold hold) : IWorkload<TItem>
    where TItem : struct
    where THold : struct, IHold
{
    private readonly TItem[] _row = RowBuffer.Allocate<TItem>(length);

    /// <inheritdoc/>
    public int TurnsPerCheck => typeof(THold) == typeof(NoHold) ? RowBuffer.TurnsPerCheck(length) : hold.TurnsPerCheck;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Turn<TPool>(ref TPool pool, ref RentCounts counts)
        where TPool : struct, IPoolAdapter<TItem>
    {
        Span<TItem> row = _row.AsSpan(RowBuffer.Margin<TItem>(), length);
        int held = Rent(ref pool, row, ref counts);
        hold.Pass();
        Return(ref pool, row[..held]);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double TimedTurn<TPool>(ref TPool pool, ref RentCounts counts)
        where TPool : struct, IPoolAdapter<TItem>
    {
        Span<TItem> row = _row.AsSpan(RowBuffer.Margin<TItem>(), length);
        long start = Stopwatch.GetTimestamp();
        int held = Rent(ref pool, row, ref counts);
        if (typeof(THold) != typeof(NoHold))
        {
            // The hold is left out: as if the row had been rented that much later.
            long holding = Stopwatch.GetTimestamp();
            hold.Pass();
            start += Stopwatch.GetTimestamp() - holding;
        }

        Return(ref pool, row[..held]);
        return (double)(Stopwatch.GetTimestamp() - start) / length;
    }

    /// <inheritdoc/>
    public void Dispose() => hold.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Rent<TPool>(ref TPool pool, Span<TItem> row, ref RentCounts counts)
        where TPool : struct, IPoolAdapter<TItem>
    {
        int held = 0;
        for (int i = 0; i < row.Length; i++)
        {
            if (pool.TryRent(out TItem item))
            {
                row[held++] = item;
            }
        }

        counts.Hits += held;
        counts.Misses += row.Length - held;
        return held;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Return<TPool>(ref TPool pool, Span<TItem> row)
        where TPool : struct, IPoolAdapter<TItem>
    {
        foreach (TItem item in row)
        {
            pool.Return(item);
        }
    }
}
