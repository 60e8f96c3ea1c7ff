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
    /// <param name="workerCount">For how many threads.</param>
    /// <returns>The workload.</returns>
    public static WorkloadSet<TItem, T> Create(BenchmarkConditions conditions, int workerCount) => conditions.Workload switch
    {
        BenchmarkWorkload.NonBlocking => Single(workerCount, () => new NoHold()),
        BenchmarkWorkload.Bulk or BenchmarkWorkload.Miss =>
            new WorkloadSet<TItem, T, RowRent<TItem>>(workerCount, () => new RowRent<TItem>(conditions.BulkSize)),
        BenchmarkWorkload.BulkCall =>
            new WorkloadSet<TItem, T, CallRent<TItem>>(workerCount, () => new CallRent<TItem>(conditions.BulkSize)),
        var other => throw new ArgumentOutOfRangeException(nameof(conditions), other, "There is no such workload."),
    };

    /// <summary>The loop of this workload over a pool.</summary>
    /// <param name="pool">The pool.</param>
    /// <returns>The loop.</returns>
    public abstract TimedLoop LoopOver(IObjectPool<T> pool);

    /// <summary>The loop of this workload without a pool.</summary>
    /// <returns>The loop.</returns>
    public abstract TimedLoop EmptyLoop();

    /// <inheritdoc/>
    public abstract void Dispose();

    private static WorkloadSet<TItem, T, SingleRent<TItem, THold>> Single<THold>(int workerCount, Func<THold> hold)
        where THold : struct, IHold =>
        new(workerCount, () => new SingleRent<TItem, THold>(hold()));
}

/// <inheritdoc cref="WorkloadSet{TItem, T}"/>
/// <typeparam name="TItem">The object, as the loop handles it.</typeparam>
/// <typeparam name="T">The object type.</typeparam>
/// <typeparam name="TWorkload">The workload.</typeparam>
/// <param name="workerCount">For how many threads.</param>
/// <param name="make">Makes the workload of one thread.</param>
internal sealed class WorkloadSet<TItem, T, TWorkload>(int workerCount, Func<TWorkload> make)
    : WorkloadSet<TItem, T>
    where TItem : struct, IItem<TItem, T>
    where TWorkload : struct, IWorkload<TItem>
{
    private readonly TWorkload[] _workloads = [.. Enumerable.Range(0, workerCount).Select(_ => make())];

    /// <inheritdoc/>
    public override TimedLoop LoopOver(IObjectPool<T> pool) => TimedLoop.Create<TItem, T, TWorkload>(pool, _workloads);

    /// <inheritdoc/>
    public override TimedLoop EmptyLoop() => new TimedLoop<TItem, EmptyPool<TItem>, TWorkload>(null, _workloads);

    /// <inheritdoc/>
    public override void Dispose()
    {
    }
}
