using System.Diagnostics.CodeAnalysis;

namespace KretPool.Pools;

/// <summary>A pool of any kind with a name and a lifetime.</summary>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
public sealed class ObjectPool<T> : IObjectPool<T>
{
    private readonly IObjectPool<T> _pool;

    /// <summary>Makes a pool.</summary>
    /// <param name="kind">The algorithm it runs on.</param>
    /// <param name="options">What it is built from.</param>
    public ObjectPool(PoolKind kind, PoolOptions<T> options)
    {
        ArgumentNullException.ThrowIfNull(kind);
        Kind = kind;
        _pool = kind.Create(options);
    }

    /// <summary>The algorithm that the pool runs on.</summary>
    public PoolKind Kind { get; }

    /// <inheritdoc/>
    public int Capacity => _pool.Capacity;

    /// <inheritdoc/>
    public bool TryRent([MaybeNullWhen(false)] out T item) => _pool.TryRent(out item);

    /// <inheritdoc/>
    public void Return(T item) => _pool.Return(item);

    /// <inheritdoc/>
    public int Rent(Span<T> items) => _pool.Rent(items);

    /// <inheritdoc/>
    public void Return(ReadOnlySpan<T> items) => _pool.Return(items);
}
