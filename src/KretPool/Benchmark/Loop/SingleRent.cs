using System.Diagnostics;
using System.Runtime.CompilerServices;
using KretPool.Benchmark.Holds;

namespace KretPool.Benchmark.Loop;

/// <summary>Rents one object, passes the hold, and returns it.</summary>
/// <typeparam name="TItem">The object, as the loop handles it.</typeparam>
/// <typeparam name="THold">What happens between rent and return.</typeparam>
/// <param name="hold">What happens between rent and return.</param>
internal readonly struct SingleRent<TItem, THold>(THold hold) : IWorkload<TItem>
    where TItem : struct
    where THold : struct, IHold
{
    /// <inheritdoc/>
    public int TurnsPerCheck => hold.TurnsPerCheck;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Turn<TPool>(ref TPool pool, ref RentCounts counts)
        where TPool : struct, IPoolAdapter<TItem>
    {
        if (pool.TryRent(out TItem item))
        {
            hold.Pass();
            pool.Return(item);
            counts.Hits++;
        }
        else
        {
            hold.Pass();
            counts.Misses++;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double TimedTurn<TPool>(ref TPool pool, ref RentCounts counts)
        where TPool : struct, IPoolAdapter<TItem>
    {
        // Without a hold there is nothing to leave out, and two readings of the clock disturb less than four.
        if (typeof(THold) == typeof(NoHold))
        {
            long start = Stopwatch.GetTimestamp();
            Turn(ref pool, ref counts);
            return Stopwatch.GetTimestamp() - start;
        }

        long renting = Stopwatch.GetTimestamp();
        bool hit = pool.TryRent(out TItem item);
        long ticks = Stopwatch.GetTimestamp() - renting;
        hold.Pass();
        if (!hit)
        {
            counts.Misses++;
            return ticks;
        }

        long returning = Stopwatch.GetTimestamp();
        pool.Return(item);
        counts.Hits++;
        return ticks + Stopwatch.GetTimestamp() - returning;
    }

    /// <inheritdoc/>
    public void Dispose() => hold.Dispose();
}
