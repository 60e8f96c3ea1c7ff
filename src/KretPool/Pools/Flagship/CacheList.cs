namespace KretPool.Pools.Flagship;

/// <summary>The caches that threads have of one pool. Readers take the array as it is; writers replace it, one at a time.</summary>
/// <typeparam name="T">The type of the objects.</typeparam>
internal sealed class CacheList<T>
{
    private ThreadCache<T>[] _all = [];

    /// <summary>The caches now.</summary>
    public ThreadCache<T>[] All => Volatile.Read(ref _all);

    /// <summary>Adds a cache. One caller at a time.</summary>
    /// <param name="cache">The cache.</param>
    public void Add(ThreadCache<T> cache) => Volatile.Write(ref _all, [.. _all, cache]);

    /// <summary>Removes a cache. One caller at a time.</summary>
    /// <param name="cache">The cache.</param>
    public void Remove(ThreadCache<T> cache) => Volatile.Write(ref _all, [.. _all.Where(other => other != cache)]);

    /// <summary>Lets go of every object in every cache, for a pool that is gone.</summary>
    public void Clear()
    {
        var nothing = new Magazine<T>(-1, 0);
        foreach (ThreadCache<T> cache in All)
        {
            cache.Clear(nothing);
        }
    }
}
