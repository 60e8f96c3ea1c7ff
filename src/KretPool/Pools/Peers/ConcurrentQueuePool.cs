using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace KretPool.Pools.Peers;

/// <summary><see cref="ConcurrentQueue{T}"/> as a pool: rings of entries with a sequence each, linked into a list.</summary>
/// <remarks>
/// Good at: order, and bursts of one thread. Bad at: many threads, since all of them move the same head and tail. A
/// thread that loses its CPU between taking an entry and reading it makes others spin or open another ring.
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
[PoolKind(
    "ConcurrentQueue",
    Family = PoolFamily.Peer,
    Progress = PoolProgress.Blocking,
    AbaAvoidance = "sequence beside each entry",
    Order = PoolOrder.Fifo,
    BytesPerObject = 16,
    Description = "The runtime's queue: rings of entries with a sequence each; all threads move one head and one tail.")]
public sealed class ConcurrentQueuePool<T> : PoolBase<T>
{
    private readonly ConcurrentQueue<T> _queue;

    /// <summary>Makes a pool of the given objects.</summary>
    /// <param name="options">What the pool is built from.</param>
    public ConcurrentQueuePool(PoolOptions<T> options)
        : base(options) =>
        _queue = new ConcurrentQueue<T>(options.Objects.ToArray()); // An array tells its length: one ring for all.

    /// <inheritdoc/>
    public override bool TryRent([MaybeNullWhen(false)] out T item) => _queue.TryDequeue(out item);

    /// <inheritdoc/>
    public override void Return(T item) => _queue.Enqueue(item);
}
