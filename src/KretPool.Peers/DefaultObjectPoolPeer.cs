using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using KretPool.Pools;
using Microsoft.Extensions.ObjectPool;

namespace KretPool.Peers;

/// <summary>
/// The pool that ASP.NET uses: one fast slot that is swapped in and out, and a <c>ConcurrentQueue</c> behind it.
/// It makes a new object when it is empty.
/// </summary>
/// <remarks>
/// Good at: one thread, which finds its object in the fast slot. Bad at: several, which all swap that one slot and meet
/// behind it. A pool without a factory cannot grow; it then misses as the others do. Objects that come back when
/// the pool already holds as many as it was made with are left to the garbage collector.
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/>, which is boxed.</typeparam>
[PoolKind(
    "DefaultObjectPool",
    Family = PoolFamily.Peer,
    Progress = PoolProgress.Blocking,
    AbaAvoidance = "sequence beside each entry",
    Order = PoolOrder.None,
    Grows = true,
    BytesPerObject = 16,
    Description = "Microsoft.Extensions.ObjectPool: a fast slot, then a ConcurrentQueue; makes an object when empty.")]
public sealed class DefaultObjectPoolPeer<T> : PoolBase<T>
{
    private readonly DefaultObjectPool<object> _pool;

    /// <summary>Makes a pool of the given objects.</summary>
    /// <param name="options">What the pool is built from.</param>
    public DefaultObjectPoolPeer(PoolOptions<T> options)
        : base(options)
    {
        _pool = new DefaultObjectPool<object>(new Policy(options.Factory), Capacity);
        foreach (T item in MemoryMarshal.ToEnumerable(options.Objects))
        {
            _pool.Return(item!);
        }
    }

    /// <inheritdoc/>
    public override bool TryRent([MaybeNullWhen(false)] out T item)
    {
        object rented = _pool.Get();
        if (ReferenceEquals(rented, Policy.None))
        {
            item = default;
            return false;
        }

        item = (T)rented;
        return true;
    }

    /// <inheritdoc/>
    public override void Return(T item) => _pool.Return(item!);

    private sealed class Policy(Func<T>? factory) : IPooledObjectPolicy<object>
    {
        public static readonly object None = new();

        public object Create() => factory is null ? None : factory()!;

        public bool Return(object obj) => true;
    }
}
