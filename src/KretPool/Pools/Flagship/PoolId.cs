namespace KretPool.Pools.Flagship;

/// <summary>A small number that names a pool in every thread's table, given back when the pool is gone.</summary>
/// <remarks>
/// The pool alone refers to it, so its finalizer runs once the pool is unreachable. Then no thread is inside an
/// operation, and what threads' tables still hold of the pool can be cleared.
/// </remarks>
internal sealed class PoolId : IDisposable
{
    private static readonly Lock s_lock = new();
    private static readonly SortedSet<int> s_free = [];
    private static int s_next;
    private static long s_serials;

    private Action? _clear;

    /// <summary>Takes the smallest free number.</summary>
    /// <param name="clear">Clears what threads still hold. Must not refer to the pool.</param>
    public PoolId(Action clear)
    {
        _clear = clear;
        lock (s_lock)
        {
            Value = s_free.Count > 0 ? s_free.Min : s_next++;
            s_free.Remove(Value);
            Serial = ++s_serials;
        }
    }

    /// <summary>Gives the number back.</summary>
    ~PoolId() => Release();

    /// <summary>The number.</summary>
    public int Value { get; }

    /// <summary>A number that no other pool in the process ever has, above 0.</summary>
    public long Serial { get; }

    /// <summary>Clears what threads hold and gives the number back. Further calls do nothing.</summary>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        if (Interlocked.Exchange(ref _clear, null) is { } clear)
        {
            clear();
            lock (s_lock)
            {
                s_free.Add(Value);
            }
        }
    }
}
