using KretPool.Benchmark.Holds;
using KretPool.Pools;

namespace KretPool.Benchmark.Loop;

/// <summary>A workload with what each thread needs for it. The kinds of a block take turns with the same one.</summary>
/// <typeparam name="TItem">The object, as the loop handles it.</typeparam>
/// <typeparam name="T">The object type.</typeparam>
internal abstract class WorkloadSet<TItem, T> : IDisposable
    where TItem : struct, IItem<TItem, T>
{
    /// <summary>Prepares a workload.</summary>
    /// <param name="conditions">Which one.</param>
    /// <param name="cancel">Cuts long sleeps short.</param>
    /// <returns>The workload, for as many threads as the conditions say.</returns>
    /// <exception cref="System.ComponentModel.Win32Exception">The system refuses what the probed routine does.</exception>
    public static WorkloadSet<TItem, T> Create(BenchmarkConditions conditions, CancellationToken cancel)
    {
        int threads = conditions.ThreadCount;
        return conditions.Workload switch
        {
            BenchmarkWorkload.NonBlocking => Single(threads, () => new NoHold()),
            BenchmarkWorkload.Bulk or BenchmarkWorkload.Miss => Rows(threads, conditions.BulkSize, () => new NoHold()),
            BenchmarkWorkload.BulkCall =>
                new WorkloadSet<TItem, T, CallRent<TItem>>(threads, () => new CallRent<TItem>(conditions.BulkSize)),
            BenchmarkWorkload.Blocking when conditions.BulkSize > 1 => Rows(threads, conditions.BulkSize, Sleep),
            BenchmarkWorkload.Blocking => Single(threads, Sleep),
            BenchmarkWorkload.Probe => Probing(threads, conditions.ProbedRoutine!),
            var other => throw new ArgumentOutOfRangeException(nameof(conditions), other, "There is no such workload."),
        };

        SleepHold Sleep() => new(new Sleeper(), conditions.HoldTime!.Value, cancel);
    }

    /// <summary>Prepares what interrupters do: rent and return as many as a thread does, and hold nothing.</summary>
    /// <param name="conditions">The conditions.</param>
    /// <returns>The workload, for one interrupter on each thread's CPU.</returns>
    public static WorkloadSet<TItem, T> ForInterrupters(BenchmarkConditions conditions) =>
        Rows(conditions.ThreadCount, conditions.BulkSize, () => new NoHold());

    /// <summary>The loop of this workload over a pool.</summary>
    /// <param name="pool">The pool.</param>
    /// <returns>The loop.</returns>
    public abstract TimedLoop LoopOver(IObjectPool<T> pool);

    /// <summary>The loop of this workload without a pool.</summary>
    /// <returns>The loop.</returns>
    public abstract TimedLoop EmptyLoop();

    /// <inheritdoc/>
    public abstract void Dispose();

    private static WorkloadSet<TItem, T, RowRent<TItem, THold>> Rows<THold>(int threads, int length, Func<THold> hold)
        where THold : struct, IHold =>
        new(threads, () => new RowRent<TItem, THold>(length, hold()));

    private static WorkloadSet<TItem, T, SingleRent<TItem, THold>> Single<THold>(int threads, Func<THold> hold)
        where THold : struct, IHold =>
        new(threads, () => new SingleRent<TItem, THold>(hold()));

    private static WorkloadSet<TItem, T> Probing(int threads, ProbedRoutine routine) =>
        routine == ProbedRoutine.None ? Single(threads, () => new NoHold())
        : routine == ProbedRoutine.Flock ? Single(threads, () => new FlockHold())
        : routine == ProbedRoutine.Mprotect ? Single(threads, () => new MprotectHold())
        : routine == ProbedRoutine.Read ? Single(threads, () => new ReadHold())
        : Single(threads, () => new SpinHold(routine.Turns!.Value));
}

/// <inheritdoc cref="WorkloadSet{TItem, T}"/>
/// <typeparam name="TItem">The object, as the loop handles it.</typeparam>
/// <typeparam name="T">The object type.</typeparam>
/// <typeparam name="TWorkload">The workload.</typeparam>
/// <param name="threadCount">For how many threads.</param>
/// <param name="make">Makes the workload of one thread.</param>
internal sealed class WorkloadSet<TItem, T, TWorkload>(int threadCount, Func<TWorkload> make)
    : WorkloadSet<TItem, T>
    where TItem : struct, IItem<TItem, T>
    where TWorkload : struct, IWorkload<TItem>
{
    private readonly TWorkload[] _workloads = MakeAll(threadCount, make);

    /// <inheritdoc/>
    public override TimedLoop LoopOver(IObjectPool<T> pool) => TimedLoop.Create<TItem, T, TWorkload>(pool, _workloads);

    /// <inheritdoc/>
    public override TimedLoop EmptyLoop() => new TimedLoop<TItem, EmptyPool<TItem>, TWorkload>(null, _workloads);

    /// <inheritdoc/>
    public override void Dispose() => DisposeAll(_workloads);

    // If the third thread's file cannot be made, the first two are not left open.
    private static TWorkload[] MakeAll(int threadCount, Func<TWorkload> make)
    {
        var made = new List<TWorkload>(threadCount);
        try
        {
            while (made.Count < threadCount)
            {
                made.Add(make());
            }

            return [.. made];
        }
        catch
        {
            DisposeAll(made);
            throw;
        }
    }

    private static void DisposeAll(IEnumerable<TWorkload> workloads)
    {
        foreach (var workload in workloads)
        {
            workload.Dispose();
        }
    }
}
