using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace KretPool.Benchmark.Loop;

/// <summary>Rents a row of objects, one call each, then returns them, one call each, in the order they came.</summary>
/// <typeparam name="T">The object type.</typeparam>
/// <param name="length">Rents in a row.</param>
internal readonly struct RowRent<T>(int length) : IWorkload<T>
{
    private readonly T[] _row = RowBuffer.Allocate<T>(length);

    public int TurnsPerCheck => RowBuffer.TurnsPerCheck(length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Turn<TPool>(ref TPool pool, ref RentCounts counts)
        where TPool : struct, IPoolAdapter<T>
    {
        Span<T> row = _row.AsSpan(RowBuffer.Margin<T>(), length);
        int held = 0;
        for (int i = 0; i < row.Length; i++)
        {
            if (pool.TryRent(out T? item))
            {
                row[held++] = item;
            }
        }

        counts.Hits += held;
        counts.Misses += length - held;
        foreach (T item in row[..held])
        {
            pool.Return(item);
        }
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
