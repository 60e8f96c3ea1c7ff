using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace KretPool.Pools.Peers;

/// <summary>
/// <see cref="ConcurrentBag{T}"/> as a pool: a list per thread, and a lock that a thread takes to steal from another.
/// </summary>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
[PoolKind(
    "ConcurrentBag",
    Family = PoolFamily.Peer,
    Progress = PoolProgress.Blocking,
    AbaAvoidance = "locks to steal",
    Order = PoolOrder.Lifo,
    BytesPerObject = 8,
    Description = "A list per thread; stealing takes the victim's lock.")]
public sealed class ConcurrentBagPool<T> : IObjectPool<T>
{
    private readonly ConcurrentBag<T> _bag;

    /// <summary>Makes a pool of the given objects.</summary>
    /// <param name="options">What the pool is built from.</param>
    public ConcurrentBagPool(PoolOptions<T> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Capacity = options.Capacity;
        _bag = new ConcurrentBag<T>(MemoryMarshal.ToEnumerable(options.Objects));
    }

    /// <inheritdoc/>
    public int Capacity { get; }

    /// <inheritdoc/>
    public bool TryRent([MaybeNullWhen(false)] out T item) => _bag.TryTake(out item);

    /// <inheritdoc/>
    public void Return(T item) => _bag.Add(item);

    /// <inheritdoc/>
    public int Rent(Span<T> items)
    {
        int count = 0;
        while (count < items.Length && _bag.TryTake(out T? item))
        {
            items[count++] = item;
        }

        return count;
    }

    /// <inheritdoc/>
    public void Return(ReadOnlySpan<T> items)
    {
        foreach (T item in items)
        {
            _bag.Add(item);
        }
    }
}
