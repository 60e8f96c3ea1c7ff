using System.Runtime.CompilerServices;

namespace KretPool.Benchmarks;

/// <summary>
/// Where a thread finds what is its own of one pool among many: what every design below pays for being a pool and not
/// a field. As the flagship does it: a table by the pool's id, and a test that the entry is not that of an earlier pool.
/// </summary>
internal abstract class ThreadTable
{
    [ThreadStatic]
    private static ThreadTable?[]? t_entries;

    /// <summary>The pool that the entry belongs to.</summary>
    public long Serial;

    /// <summary>This thread's entry for a pool.</summary>
    /// <param name="id">The pool's id.</param>
    /// <returns>The entry, perhaps that of another pool.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ThreadTable? Find(int id)
    {
        ThreadTable?[]? entries = t_entries;
        return entries is not null && (uint)id < (uint)entries.Length ? entries[id] : null;
    }

    /// <summary>Makes an entry this thread's.</summary>
    /// <param name="id">The pool's id, below 8.</param>
    /// <param name="entry">The entry.</param>
    public static void Set(int id, ThreadTable entry) => (t_entries ??= new ThreadTable?[8])[id] = entry;
}
