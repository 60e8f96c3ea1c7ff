using System.Diagnostics.CodeAnalysis;
using KretPool.Pools;

namespace KretPool.Tests.Pools;

/// <summary>A pool as somebody outside would write it: the contract, one constructor, one attribute.</summary>
/// <typeparam name="T">The type of the objects.</typeparam>
[PoolKind("ThirdPartyStack", Progress = PoolProgress.Blocking, AbaAvoidance = "lock", Order = PoolOrder.Lifo, Description = "A stack of a test.")]
public sealed class ThirdPartyStack<T>(PoolOptions<T> options) : PoolBase<T>(options)
{
    private readonly Stack<T> _free = new(options.Objects.ToArray());

    public override bool TryRent([MaybeNullWhen(false)] out T item)
    {
        lock (_free)
        {
            return _free.TryPop(out item);
        }
    }

    public override void Return(T item)
    {
        lock (_free)
        {
            _free.Push(item);
        }
    }
}

// What follows cannot serve as a kind, each for one reason.
public abstract class Stub<T>(PoolOptions<T> options) : PoolBase<T>(options)
{
    public override bool TryRent([MaybeNullWhen(false)] out T item)
    {
        item = default;
        return false;
    }

    public override void Return(T item)
    {
    }
}

public sealed class Unmarked<T>(PoolOptions<T> options) : Stub<T>(options);

[PoolKind("NotGeneric")]
public sealed class NotGeneric(PoolOptions<object> options) : Stub<object>(options);

[PoolKind("NotAPool")]
public sealed class NotAPool<T>;

[PoolKind("WithoutConstructor")]
public sealed class WithoutConstructor<T>() : Stub<T>(new PoolOptions<T>(new T[1]));

[PoolKind("Abstract")]
public abstract class Abstract<T>(PoolOptions<T> options) : Stub<T>(options);

[PoolKind("NotPublic")]
internal sealed class NotPublic<T>(PoolOptions<T> options) : Stub<T>(options);

[PoolKind("freelist")]
public sealed class TakesAName<T>(PoolOptions<T> options) : Stub<T>(options);
