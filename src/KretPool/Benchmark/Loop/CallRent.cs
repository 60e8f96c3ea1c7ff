using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace KretPool.Benchmark.Loop;

/// <summary>Rents a row of objects with one call, then returns them with one call.</summary>
/// <typeparam name="T">The object type.</typeparam>
/// <param name="length">Objects asked for by a call.</param>
internal readonly struct CallRent<T>(int length) : IWorkload<T>
{
    private readonly T[] _row = RowBuffer.Allocate<T>(length);

    public int TurnsPerCheck => RowBuffer.TurnsPerCheck(length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Turn<TPool>(ref TPool pool, ref RentCounts counts)
        where TPool : struct, IPoolAdapter<T>
    {
        Span<T> row = _row.AsSpan(RowBuffer.Margin<T>(), length);
        int held = pool.Rent(row);
        counts.Hits += held;
        counts.Misses += length - held;
        pool.Return((ReadOnlySpan<T>)row[..held]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double TimedTurn<TPool>(ref TPool pool, ref RentCounts counts)
        where TPool : struct, IPoolAdapter<T>
    {
        long start = Stopwatch.GetTimestamp();
        Turn(ref pool, ref counts);
        return (double)(Stopwatch.GetTimestamp() - start) / length;
    }
}
