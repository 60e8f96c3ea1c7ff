namespace KretPool.Benchmark.Loop;

/// <summary>
/// What a thread does in one turn of the timed loop. Workloads are structs for the same reason as
/// <see cref="IPoolAdapter{T}"/>. Each thread has one of its own.
/// </summary>
/// <typeparam name="TItem">The object, as the loop handles it.</typeparam>
internal interface IWorkload<TItem> : IDisposable
    where TItem : struct
{
    /// <summary>Turns between two looks at the stop flag: many where a turn is short, so that looking costs nothing.</summary>
    int TurnsPerCheck { get; }

    /// <summary>Rents, holds and returns once.</summary>
    void Turn<TPool>(ref TPool pool, ref RentCounts counts)
        where TPool : struct, IPoolAdapter<TItem>;

    /// <summary>The same as <see cref="Turn"/>, timed.</summary>
    /// <returns>
    /// <see cref="System.Diagnostics.Stopwatch"/> ticks for one rent and its return, without what ran in between. Of a
    /// row, the mean.
    /// </returns>
    double TimedTurn<TPool>(ref TPool pool, ref RentCounts counts)
        where TPool : struct, IPoolAdapter<TItem>;
}
