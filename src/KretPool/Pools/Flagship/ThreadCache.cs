namespace KretPool.Pools.Flagship;

/// <summary>What one thread keeps of one pool, found through <see cref="ThreadCaches"/>.</summary>
internal abstract class ThreadCache
{
    /// <summary>Stands where a thread has no cache.</summary>
    public static readonly ThreadCache None = new NoCache();

    /// <summary>The pool that the cache belongs to, 0 for none. Pools that come after each other under one id differ here.</summary>
    public long Serial;

    /// <summary>The thread has ended: hands the objects to the pool, if that still lives and nobody has done it yet.</summary>
    public abstract void ThreadEnded();

    private sealed class NoCache : ThreadCache
    {
        public override void ThreadEnded()
        {
        }
    }
}

/// <summary>What one thread keeps of one pool.</summary>
/// <typeparam name="T">The type of the objects.</typeparam>
/// <param name="pool">The pool. Weak, so that a thread which used a pool does not keep it alive.</param>
/// <param name="index">A number of its own among the caches that the pool has made.</param>
internal sealed class ThreadCache<T>(WeakReference<KretPool<T>> pool, int index) : ThreadCache
{
    /// <summary>The magazine that the thread works on.</summary>
    public Magazine<T> Loaded = null!;

    /// <summary>
    /// The magazine before it. With only one, a thread that rents and returns around the end of a magazine would go to
    /// the shared stacks on every operation (Bonwick and Adams, "Magazines and Vmem", USENIX 2001).
    /// </summary>
    public Magazine<T> Previous = null!;

    /// <summary>Rents that got an object. Written by the thread alone.</summary>
    public long Hits;

    /// <summary>Rents that found none. Written by the thread alone.</summary>
    public long Misses;

    /// <summary>Objects taken from other threads' magazines. Written by the thread alone.</summary>
    public long Steals;

    /// <summary>Objects brought in from another node. Written by the thread alone.</summary>
    public long FromOtherNodes;

    /// <summary>Steals since anything was found in a better place: too many, and the pool counts as short.</summary>
    public int StealsInARow;

    /// <summary>Loose objects taken since the last miss: so many, and the pool no longer counts as short.</summary>
    public int LooseInARow;

    /// <summary>The part of the machine that the thread ran on when it last left the hot path.</summary>
    public int Part;

    /// <summary>The thread; another one once this one has ended and a new one has taken the cache over.</summary>
    public Thread Owner = null!;

    /// <summary>A number of its own among the caches that the pool has made: where it starts to look.</summary>
    public int Index { get; } = index;

    /// <inheritdoc/>
    public override void ThreadEnded()
    {
        if (pool.TryGetTarget(out var target))
        {
            target.Retire(this);
        }
    }

    /// <summary>Lets go of the objects: the pool is gone, and only the thread still knows the cache.</summary>
    /// <param name="nothing">An empty magazine to stand in.</param>
    public void Clear(Magazine<T> nothing)
    {
        Volatile.Write(ref Serial, 0);
        Loaded = Previous = nothing;
    }
}
