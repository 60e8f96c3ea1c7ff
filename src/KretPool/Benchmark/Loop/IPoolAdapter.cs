using System.Diagnostics.CodeAnalysis;

namespace KretPool.Benchmark.Loop;

/// <summary>
/// What the timed loop sees of a pool. Adapters are structs, so that the loop is compiled once for each of them, with
/// the pool's own methods called directly, or inlined, and no interface call on the way.
/// </summary>
/// <typeparam name="T">The object type.</typeparam>
internal interface IPoolAdapter<T>
{
    /// <summary>Sets the pool that the adapter stands for; null for no pool.</summary>
    void Bind(Pools.IObjectPool<T>? pool);

    /// <inheritdoc cref="Pools.IObjectPool{T}.TryRent"/>
    bool TryRent([MaybeNullWhen(false)] out T item);

    /// <inheritdoc cref="Pools.IObjectPool{T}.Return(T)"/>
    void Return(T item);

    /// <inheritdoc cref="Pools.IObjectPool{T}.Rent(Span{T})"/>
    int Rent(Span<T> items);

    /// <inheritdoc cref="Pools.IObjectPool{T}.Return(ReadOnlySpan{T})"/>
    void Return(ReadOnlySpan<T> items);
}
