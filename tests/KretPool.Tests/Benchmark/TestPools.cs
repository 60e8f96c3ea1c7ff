using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using KretPool.Pools;

namespace KretPool.Tests.Benchmark;

/// <summary>A pool as a third party would write it, with hooks for what goes wrong in the pools below.</summary>
public abstract class QueuePool<T>(PoolOptions<T> options) : IObjectPool<T>
{
    protected ConcurrentQueue<T> Free { get; } = new(options.Objects.ToArray());

    public int Capacity { get; } = options.Capacity;

    public virtual bool TryRent([MaybeNullWhen(false)] out T item) => Free.TryDequeue(out item);

    public virtual void Return(T item) => Free.Enqueue(item);

    public int Rent(Span<T> items)
    {
        int count = 0;
        while (count < items.Length && TryRent(out T? item))
        {
            items[count++] = item;
        }

        return count;
    }

    public void Return(ReadOnlySpan<T> items)
    {
        foreach (T item in items)
        {
            Return(item);
        }
    }
}

[PoolKind("TestInherited")]
public sealed class InheritedPool<T>(PoolOptions<T> options) : QueuePool<T>(options);

[PoolKind("TestLoser")]
public sealed class LoserPool<T>(PoolOptions<T> options) : QueuePool<T>(options)
{
    private int _returns;

    public override void Return(T item)
    {
        if (Interlocked.Increment(ref _returns) != 1000)
        {
            base.Return(item);
        }
    }
}

[PoolKind("TestDoubler")]
public sealed class DoublerPool<T>(PoolOptions<T> options) : QueuePool<T>(options)
{
    private readonly T _favourite = options.Objects.Span[0];

    public override bool TryRent([MaybeNullWhen(false)] out T item)
    {
        item = _favourite;
        return true;
    }
}

[PoolKind("TestThrower")]
public sealed class ThrowerPool<T>(PoolOptions<T> options) : QueuePool<T>(options)
{
    private int _rents;

    public override bool TryRent([MaybeNullWhen(false)] out T item) =>
        Interlocked.Increment(ref _rents) > 5000 ? throw new InvalidOperationException("The pool is tired.") : base.TryRent(out item);
}

[PoolKind("TestCanceller")]
public sealed class CancellerPool<T>(PoolOptions<T> options) : QueuePool<T>(options)
{
    public override bool TryRent([MaybeNullWhen(false)] out T item) => throw new OperationCanceledException("The pool gave up.");
}

[PoolKind("TestInventor")]
public sealed class InventorPool<T>(PoolOptions<T> options) : QueuePool<T>(options)
{
    private readonly Func<T> _make = options.Factory!;

    public override bool TryRent([MaybeNullWhen(false)] out T item)
    {
        item = _make();
        return true;
    }

    public override void Return(T item)
    {
    }
}

[PoolKind("TestNull")]
public sealed class NullPool<T>(PoolOptions<T> options) : QueuePool<T>(options)
{
    public override bool TryRent([MaybeNullWhen(false)] out T item)
    {
        item = default!;
        return true;
    }
}

[PoolKind("TestUnmakeable")]
public sealed class UnmakeablePool<T> : QueuePool<T>
{
    public UnmakeablePool(PoolOptions<T> options)
        : base(options) => throw new NotSupportedException("This machine is too small.");
}

[PoolKind("TestEmpty")]
public sealed class EmptyHandedPool<T>(PoolOptions<T> options) : QueuePool<T>(options)
{
    public override bool TryRent([MaybeNullWhen(false)] out T item)
    {
        item = default;
        return false;
    }
}

[PoolKind("TestExplicit")]
public sealed class ExplicitPool<T>(PoolOptions<T> options) : IObjectPool<T>
{
    private readonly ConcurrentStack<T> _free = new(options.Objects.ToArray());

    int IObjectPool<T>.Capacity { get; } = options.Capacity;

    bool IObjectPool<T>.TryRent([MaybeNullWhen(false)] out T item) => _free.TryPop(out item);

    void IObjectPool<T>.Return(T item) => _free.Push(item);

    int IObjectPool<T>.Rent(Span<T> items)
    {
        int count = 0;
        while (count < items.Length && _free.TryPop(out T? item))
        {
            items[count++] = item;
        }

        return count;
    }

    void IObjectPool<T>.Return(ReadOnlySpan<T> items) => _free.PushRange(items.ToArray());
}
