namespace KretPool.Benchmark.Loop;

/// <summary>
/// What the timed loop sees of a pool. Adapters are structs, so that the loop is compiled once for each of them, with
/// the pool's own methods called directly, or inlined, and no interface call on the way.
/// </summary>
/// <typeparam name="TItem">The object, as the loop handles it.</typeparam>
internal interface IPoolAdapter<TItem>
{
    /// <summary>Sets the pool that the adapter stands for; null for no pool.</summary>
    void Bind(object? pool);

    /// <inheritdoc cref="Pools.IObjectPool{T}.TryRent"/>
    bool TryRent(out TItem item);

    /// <inheritdoc cref="Pools.IObjectPool{T}.Return(T)"/>
    void Return(TItem item);

    /// <inheritdoc cref="Pools.IObjectPool{T}.Rent(Span{T})"/>
    int Rent(Span<TItem> items);

    /// <inheritdoc cref="Pools.IObjectPool{T}.Return(ReadOnlySpan{T})"/>
    void Return(Span<TItem> items);
}
