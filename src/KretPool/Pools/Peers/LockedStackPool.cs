using System.Diagnostics.CodeAnalysis;

namespace KretPool.Pools.Peers;

/// <summary>An array used as a stack behind one <see cref="Lock"/>: the pool that everybody writes first.</summary>
/// <remarks>
/// Good at: memory, order, and bulk, which takes the lock once. Bad at: more than one thread; a thread that loses its CPU
/// while it holds the lock stops all others.
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
[PoolKind(
    "LockedStack",
    Family = PoolFamily.Peer,
    Progress = PoolProgress.Blocking,
    AbaAvoidance = "lock",
    Order = PoolOrder.Lifo,
    BytesPerObject = 8,
    Description = "An array used as a stack behind one lock.")]
public sealed class LockedStackPool<T> : IObjectPool<T>, IPoolMetrics
{
    private readonly Lock _lock = new();
    private readonly T[] _free;
    private int _count;
    private long _misses;

    /// <summary>Makes a pool of the given objects; the first of them comes out first.</summary>
    /// <param name="options">What the pool is built from.</param>
    public LockedStackPool(PoolOptions<T> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _free = options.Objects.ToArray();
        Array.Reverse(_free);
        _count = _free.Length;
    }

    /// <inheritdoc/>
    public int Capacity => _free.Length;

    /// <inheritdoc/>
    public long PoolBytes => (long)_free.Length * nint.Size;

    /// <inheritdoc/>
    public bool TryRent([MaybeNullWhen(false)] out T item)
    {
        lock (_lock)
        {
            if (_count == 0)
            {
                _misses++;
                item = default;
                return false;
            }

            item = _free[--_count];
            _free[_count] = default!;
            return true;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">More objects were returned than the pool has.</exception>
    public void Return(T item)
    {
        lock (_lock)
        {
            if (_count == _free.Length)
            {
                throw TooMany(1);
            }

            _free[_count++] = item;
        }
    }

    /// <inheritdoc/>
    public int Rent(Span<T> items)
    {
        lock (_lock)
        {
            int count = Math.Min(items.Length, _count);
            var top = _free.AsSpan(_count - count, count);
            top.CopyTo(items);
            top.Clear();
            items[..count].Reverse();
            _count -= count;
            _misses += count < items.Length ? 1 : 0;
            return count;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">More objects were returned than the pool has.</exception>
    public void Return(ReadOnlySpan<T> items)
    {
        lock (_lock)
        {
            if (items.Length > _free.Length - _count)
            {
                throw TooMany(items.Length);
            }

            items.CopyTo(_free.AsSpan(_count));
            _count += items.Length;
        }
    }

    /// <inheritdoc/>
    public PoolStatistics GetStatistics() => new(Hits: null, Volatile.Read(ref _misses), Steals: null, RemoteRents: null);

    private InvalidOperationException TooMany(int returned) =>
        new($"{returned} objects were returned, but only {_free.Length - _count} of {Capacity} are out.");
}
