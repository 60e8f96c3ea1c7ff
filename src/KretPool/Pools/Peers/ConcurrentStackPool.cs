using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace KretPool.Pools.Peers;

/// <summary><see cref="ConcurrentStack{T}"/> as a pool: Treiber's stack, a new node for each object that returns.</summary>
/// <remarks>
/// Good at: simplicity; since the garbage collector never gives a node out again that a thread still looks at, there is no
/// ABA. Bad at: many threads on one head, and 32 bytes of garbage for each return.
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
[PoolKind(
    "ConcurrentStack",
    Family = PoolFamily.Peer,
    Progress = PoolProgress.LockFree,
    AbaAvoidance = "garbage collector",
    Order = PoolOrder.Lifo,
    BytesPerObject = 32,
    Description = "The runtime's stack: one head for all threads, and a new node for each return.")]
public sealed class ConcurrentStackPool<T> : PoolBase<T>
{
    private readonly ConcurrentStack<T> _stack;

    /// <summary>Makes a pool of the given objects.</summary>
    /// <param name="options">What the pool is built from.</param>
    public ConcurrentStackPool(PoolOptions<T> options)
        : base(options) => _stack = new ConcurrentStack<T>(MemoryMarshal.ToEnumerable(options.Objects));

    /// <inheritdoc/>
    public override bool TryRent([MaybeNullWhen(false)] out T item) => _stack.TryPop(out item);

    /// <inheritdoc/>
    public override void Return(T item) => _stack.Push(item);
}
