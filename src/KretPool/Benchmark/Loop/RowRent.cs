using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace KretPool.Benchmark.Loop;

/// <summary>Rents a row of objects, one call each, then returns them, one call each, in the order they came.</summary>
/// <typeparam name="TItem">The object, as the loop handles it.</typeparam>
/// <param name="length">Rents in a row.</param>
internal readonly struct RowRent<TItem>(int length) : IWorkload<TItem>
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
        int held = 0;
        for (int i = 0; i < row.Length; i++)
        {
            if (pool.TryRent(out TItem item))
            {
                row[held++] = item;
            }
        }

        counts.Hits += held;
        counts.Misses += length - held;
        foreach (TItem item in row[..held])
        {
            pool.Return(item);
        }
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
