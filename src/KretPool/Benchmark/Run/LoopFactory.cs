using KretPool.Benchmark.Loop;
using KretPool.Pools;

namespace KretPool.Benchmark.Run;

/// <summary>Makes pools of one type of object, and the loops of a block over them.</summary>
/// <typeparam name="TItem">The object, as the loop handles it.</typeparam>
/// <typeparam name="T">The object type.</typeparam>
internal sealed class LoopFactory<TItem, T> : IDisposable
    where TItem : struct, IItem<TItem, T>
    where T : notnull
{
    private readonly WorkloadSet<TItem, T> _workloads;
    private readonly WorkloadSet<TItem, T> _rehearsal;
    private readonly WorkloadSet<TItem, T>? _interrupters;

    /// <summary>Prepares the workload of a block.</summary>
    /// <param name="conditions">The conditions of the block.</param>
    /// <param name="cancel">Cuts long sleeps short.</param>
    public LoopFactory(BenchmarkConditions conditions, CancellationToken cancel)
    {
        _workloads = WorkloadSet<TItem, T>.Create(conditions, cancel);
        _rehearsal = conditions.WithoutWaiting() is var brief && brief == conditions ? _workloads : WorkloadSet<TItem, T>.Create(brief, cancel);
        _interrupters = conditions.InterruptInterval is null ? null : WorkloadSet<TItem, T>.ForInterrupters(conditions);
        EmptyLoop = _workloads.EmptyLoop();
        EmptyRehearsal = _rehearsal.EmptyLoop();
    }

    /// <summary>The loop without a pool.</summary>
    public TimedLoop EmptyLoop { get; }

    /// <inheritdoc cref="LoopedPool{T}.Rehearsal"/>
    public TimedLoop EmptyRehearsal { get; }

    /// <summary>Makes the pool of a trial and the loops over it.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="options">The objects.</param>
    /// <returns>The pool and its loops.</returns>
    public LoopedPool<T> Create(BenchmarkTrial trial, PoolOptions<T> options) =>
        trial.Conditions.CloseWhileOut ? CreateClosing(trial, options) : Loop(trial.Kind.Create(options), null);

    /// <inheritdoc/>
    public void Dispose()
    {
        _workloads.Dispose();
        if (_rehearsal != _workloads)
        {
            _rehearsal.Dispose();
        }

        _interrupters?.Dispose();
    }

    // Only a pool with a lifetime can be closed; its checks for that are measured with it.
    private LoopedPool<T> CreateClosing(BenchmarkTrial trial, PoolOptions<T> options)
    {
        var ending = new PoolEnding<T>();
        var pool = new ObjectPool<T>(
            trial.Kind, options, new ObjectPoolOptions<T> { ReleaseObject = ending.Release, Released = ending.End });
        ending.Pool = pool;
        return Loop(pool, ending);
    }

    private LoopedPool<T> Loop(IObjectPool<T> pool, PoolEnding<T>? ending) =>
        new(pool, _workloads.LoopOver(pool), _rehearsal.LoopOver(pool), _interrupters?.LoopOver(pool), ending);
}

/// <summary>A pool with the loops over it.</summary>
/// <typeparam name="T">The object type.</typeparam>
/// <param name="Pool">The pool.</param>
/// <param name="Loop">What threads do.</param>
/// <param name="Rehearsal">The same code as the loop, with no time spent between rent and return: to have it compiled.</param>
/// <param name="Interrupters">What interrupters do; null without.</param>
/// <param name="Ending">Watches the pool end; null unless it is to be closed while objects are out.</param>
internal sealed record LoopedPool<T>(IObjectPool<T> Pool, TimedLoop Loop, TimedLoop Rehearsal, TimedLoop? Interrupters, PoolEnding<T>? Ending);
