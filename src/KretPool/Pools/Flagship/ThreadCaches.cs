using System.Runtime.CompilerServices;

namespace KretPool.Pools.Flagship;

/// <summary>
/// This thread's caches, one for each pool that it has used, by the pool's id. Not generic, because a thread-static field
/// of a generic class over a reference type is slow to reach.
/// </summary>
internal static class ThreadCaches
{
    [ThreadStatic]
    private static ThreadCache[]? t_caches;

    [ThreadStatic]
    private static ThreadEnd? t_end;

    /// <summary>This thread's cache for a pool.</summary>
    /// <param name="id">The pool's id.</param>
    /// <returns>The cache, which may be that of an earlier pool with the same id; <see cref="ThreadCache.None"/> without one.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ThreadCache Find(int id)
    {
        ThreadCache[]? caches = t_caches;
        return caches is not null && (uint)id < (uint)caches.Length ? caches[id] : ThreadCache.None;
    }

    /// <summary>Makes a cache this thread's for a pool.</summary>
    /// <param name="id">The pool's id.</param>
    /// <param name="cache">The cache.</param>
    public static void Set(int id, ThreadCache cache)
    {
        ThreadCache[] caches = t_caches ?? [];
        if (id >= caches.Length)
        {
            int used = caches.Length;
            Array.Resize(ref caches, Math.Max(id + 1, used * 2));
            Array.Fill(caches, ThreadCache.None, used, caches.Length - used);
            t_caches = caches;
            (t_end ??= new ThreadEnd()).Caches = caches;
        }

        caches[id] = cache;
    }

    // Only its thread refers to it, so it is finalized some time after the thread has ended.
    private sealed class ThreadEnd
    {
        public ThreadCache[] Caches = [];

        ~ThreadEnd()
        {
            foreach (ThreadCache cache in Caches)
            {
                cache.ThreadEnded();
            }
        }
    }
}
