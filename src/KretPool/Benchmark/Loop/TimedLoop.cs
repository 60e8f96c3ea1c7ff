using System.Runtime.CompilerServices;
using KretPool.Pools;

namespace KretPool.Benchmark.Loop;

/// <summary>The loop that is measured, for one pool and one workload, with one workload struct for each thread.</summary>
internal abstract class TimedLoop
{
    /// <summary>Makes the loop that is compiled for a pool's class and a workload.</summary>
    /// <typeparam name="TItem">The object, as the loop handles it.</typeparam>
    /// <typeparam name="T">The object type.</typeparam>
    /// <typeparam name="TWorkload">The workload.</typeparam>
    /// <param name="pool">The pool.</param>
    /// <param name="workloads">One for each thread.</param>
    /// <returns>The loop.</returns>
    public static TimedLoop Create<TItem, T, TWorkload>(IObjectPool<T> pool, TWorkload[] workloads)
        where TItem : struct, IItem<TItem, T>
        where TWorkload : struct, IWorkload<TItem> =>
        (TimedLoop)Activator.CreateInstance(
            typeof(TimedLoop<,,>).MakeGenericType(typeof(TItem), PoolAdapters.For<TItem, T>(pool), typeof(TWorkload)),
            pool,
            workloads)!;

    /// <summary>Runs until told to stop, at least one batch of turns.</summary>
    /// <param name="worker">Which thread.</param>
    /// <param name="stop">Tells it to stop.</param>
    /// <param name="counts">Gets what the rents came to.</param>
    public abstract void Run(int worker, StopFlag stop, ref RentCounts counts);

    /// <summary>Does one turn, as an interrupter does when it wakes. Through a virtual call, so not to be timed.</summary>
    /// <param name="worker">Which thread.</param>
    /// <param name="counts">Counted up by what the rents came to.</param>
    public abstract void Turn(int worker, ref RentCounts counts);

    /// <summary>The same as <see cref="Run"/>, with each operation timed.</summary>
    /// <param name="worker">Which thread.</param>
    /// <param name="stop">Tells it to stop.</param>
    /// <param name="recorder">Takes each latency.</param>
    /// <param name="counts">Gets what the rents came to.</param>
    public abstract void RunRecorded(int worker, StopFlag stop, ILatencyRecorder recorder, ref RentCounts counts);
}

/// <inheritdoc cref="TimedLoop"/>
/// <typeparam name="TItem">The object, as the loop handles it.</typeparam>
/// <typeparam name="TPool">The adapter of the pool's class.</typeparam>
/// <typeparam name="TWorkload">The workload.</typeparam>
internal sealed class TimedLoop<TItem, TPool, TWorkload> : TimedLoop
    where TItem : struct
    where TPool : struct, IPoolAdapter<TItem>
    where TWorkload : struct, IWorkload<TItem>
{
    private readonly TPool _pool;
    private readonly TWorkload[] _workloads;

    public TimedLoop(object? pool, TWorkload[] workloads)
    {
        var adapter = default(TPool);
        adapter.Bind(pool);
        _pool = adapter;
        _workloads = workloads;
    }

    /// <inheritdoc/>
    public override void Run(int worker, StopFlag stop, ref RentCounts counts) =>
        counts = Loop(_pool, _workloads[worker], stop);

    /// <inheritdoc/>
    public override void Turn(int worker, ref RentCounts counts)
    {
        var pool = _pool;
        _workloads[worker].Turn(ref pool, ref counts);
    }

    /// <inheritdoc/>
    public override void RunRecorded(int worker, StopFlag stop, ILatencyRecorder recorder, ref RentCounts counts) =>
        counts = RecordedLoop(_pool, _workloads[worker], stop, recorder);

    // Everything in here that the loop changes is a local, so it lives in registers or on the thread's own stack.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RentCounts Loop(TPool pool, TWorkload workload, StopFlag stop)
    {
        var counts = default(RentCounts);
        int turnsPerCheck = workload.TurnsPerCheck;
        do
        {
            for (int turn = 0; turn < turnsPerCheck; turn++)
            {
                workload.Turn(ref pool, ref counts);
            }
        }
        while (!stop.IsSet);

        return counts;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RentCounts RecordedLoop(TPool pool, TWorkload workload, StopFlag stop, ILatencyRecorder recorder)
    {
        var counts = default(RentCounts);
        do
        {
            double ticks = workload.TimedTurn(ref pool, ref counts);
            recorder.Record((long)((ticks * ClockCost.NanosecondsPerTick) + 0.5));
        }
        while (!stop.IsSet);

        return counts;
    }
}
