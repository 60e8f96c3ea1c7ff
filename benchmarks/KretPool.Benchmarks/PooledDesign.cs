using System.Runtime.CompilerServices;
using KretPool.Peers;
using KretPool.Pools;
using KretPool.Pools.Lineage;
using KretPool.Pools.Peers;

namespace KretPool.Benchmarks;

/// <summary>The flagship.</summary>
/// <param name="pool">The pool.</param>
internal readonly struct Flagship(KretPool<Item> pool) : IDesign
{
    /// <inheritdoc/>
    public void Prepare()
    {
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRent(out Item item) => pool.TryRent(out item!);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(Item item) => pool.Return(item);
}

/// <summary>The single list that throughput falls on as threads are added.</summary>
/// <param name="pool">The pool.</param>
internal readonly struct FreeList(FreeListPool<Item> pool) : IDesign
{
    /// <inheritdoc/>
    public void Prepare()
    {
    }

    /// <inheritdoc/>
    public bool TryRent(out Item item) => pool.TryRent(out item!);

    /// <inheritdoc/>
    public void Return(Item item) => pool.Return(item);
}

/// <summary>The runtime's bag: a locked queue a thread, with stealing.</summary>
/// <param name="pool">The pool.</param>
internal readonly struct Bag(ConcurrentBagPool<Item> pool) : IDesign
{
    /// <inheritdoc/>
    public void Prepare()
    {
    }

    /// <inheritdoc/>
    public bool TryRent(out Item item) => pool.TryRent(out item!);

    /// <inheritdoc/>
    public void Return(Item item) => pool.Return(item);
}

/// <summary>ASP.NET's pool: one fast slot and a concurrent queue.</summary>
/// <param name="pool">The pool.</param>
internal readonly struct DefaultPool(DefaultObjectPoolPeer<Item> pool) : IDesign
{
    /// <inheritdoc/>
    public void Prepare()
    {
    }

    /// <inheritdoc/>
    public bool TryRent(out Item item) => pool.TryRent(out item!);

    /// <inheritdoc/>
    public void Return(Item item) => pool.Return(item);
}
