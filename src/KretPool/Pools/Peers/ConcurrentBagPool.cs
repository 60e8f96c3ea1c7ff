using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace KretPool.Pools.Peers;

/// <summary>
/// <see cref="ConcurrentBag{T}"/> as a pool: a list per thread, and a lock that a thread takes to steal from another.
/// </summary>
/// <remarks>
/// Good at: threads that return what they rented, which then share nothing. Bad at: stealing, which stops the victim,
/// and memory: the lists grow as objects wander between threads, and a new thread costs a new list.
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
[PoolKind(
    "ConcurrentBag",
    Family = PoolFamily.Peer,
    Progress = PoolProgress.Blocking,
    AbaAvoidance = "locks to steal",
    Order = PoolOrder.Lifo,
    BytesPerObject = 16,
    Description = "A list per thread; stealing takes the victim's lock.")]
public sealed class ConcurrentBagPool<T> : PoolBase<T>
{
    private readonly ConcurrentBag<T> _bag;

    /// <summary>Makes a pool of the given objects.</summary>
    /// <param name="options">What the pool is built from.</param>
    public ConcurrentBagPool(PoolOptions<T> options)
        : base(options) => _bag = [.. MemoryMarshal.ToEnumerable(options.Objects)];

    /// <inheritdoc/>
    public override bool TryRent([MaybeNullWhen(false)] out T item) => _bag.TryTake(out item);

    /// <inheritdoc/>
    public override void Return(T item) => _bag.Add(item);
}
