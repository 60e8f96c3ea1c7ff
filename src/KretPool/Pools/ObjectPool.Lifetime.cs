namespace KretPool.Pools;

/// <content>
/// Closing: a closed pool hands out nothing, takes back what is out, and ends with the last object.
/// </content>
public sealed partial class ObjectPool<T>
{
    // What keeps the pool from ending: 1 while it is open, and each object that is not yet released or dropped. Objects
    // of a growing kind count only while they are out, since such a kind may let free ones go untold.
    private int _holds;
    private int _ended;

    /// <summary>Whether the pool was closed. Objects may still be out.</summary>
    public bool IsClosed => (_attention & Closed) != 0;

    /// <summary>Whether the pool was closed and every object has come back or was dropped.</summary>
    public bool IsEnded => Volatile.Read(ref _ended) != 0;

    /// <summary>
    /// Closes the pool. Objects that are out may come back, or be dropped, at any time; when none is left,
    /// <see cref="ObjectPoolOptions{T}.Released"/> is called, on the thread that brought the last one. Closing again does
    /// nothing.
    /// </summary>
    /// <exception cref="AggregateException">Callbacks threw. The pool is closed all the same.</exception>
    public void Close()
    {
        if ((Interlocked.Or(ref _attention, Closed) & Closed) != 0)
        {
            return;
        }

        Interlocked.MemoryBarrierProcessWide();
        int waiters = _attention / Waiter;
        if (waiters > 0)
        {
            _returned.Release(waiters);
        }

        List<Exception>? failures = null;
        ReleaseFreeObjects(ref failures);
        Try(() => LetGo(1), ref failures);
        Throw(failures);
    }

    /// <summary>Closes the pool, as <see cref="Close"/> does.</summary>
    public void Dispose() => Close();

    /// <summary>
    /// Takes a rented object out of the pool for good: it belongs to the caller now. For an object that broke while it was
    /// out. Works on a closed pool too.
    /// </summary>
    /// <param name="item">The object.</param>
    /// <exception cref="ArgumentNullException">The object is null.</exception>
    /// <exception cref="ArgumentException">Checked: the object did not come from this pool.</exception>
    /// <exception cref="InvalidOperationException">Checked: the object is not out.</exception>
    public void Drop(T item)
    {
        ThrowIfNull(item);
        _book?.StrikeOff(item);
        _counter?.CountReturn();
        LetGo(1);
        Missed();
    }

    // Releases what is free in a closed pool. Safe to run on several threads at once: an object comes out of the
    // algorithm, or off the book, for one of them.
    private void ReleaseFreeObjects()
    {
        List<Exception>? failures = null;
        ReleaseFreeObjects(ref failures);
        Throw(failures);
    }

    private void ReleaseFreeObjects(ref List<Exception>? failures)
    {
        foreach (T item in FreeObjects())
        {
            Release(item, ref failures);
        }
    }

    private IEnumerable<T> FreeObjects() =>
        _grows ? FreeObjectsOfGrowingKind()
        : _book is Ownership.FixedBook<T> book ? book.StrikeOffAllFree()
        : FreeObjectsByRenting();

    private IEnumerable<T> FreeObjectsByRenting()
    {
        var batch = new T[Math.Min(Capacity, 64)];
        for (int count; (count = _pool.Rent(batch)) > 0;)
        {
            for (int i = 0; i < count; i++)
            {
                yield return batch[i];
            }
        }
    }

    // The object is no longer in the algorithm, and counts until its callback is through.
    private void Release(T item, ref List<Exception>? failures)
    {
        if (_options.ReleaseObject is { } release)
        {
            Try(() => release(item), ref failures);
        }

        Try(() => LetGo(1), ref failures);
    }

    private void LetGo(int count)
    {
        if (Interlocked.Add(ref _holds, -count) == 0 && Interlocked.Exchange(ref _ended, 1) == 0)
        {
            _options.Released?.Invoke();
        }
    }

    private static void Try(Action action, ref List<Exception>? failures)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            // One object's callback must not keep the others from being released; all that failed is told at the end.
            (failures ??= []).Add(e);
        }
    }

    private void Throw(List<Exception>? failures)
    {
        if (failures is not null)
        {
            throw new AggregateException(
                $"The pool '{Name}' is closed, but {failures.Count} of its release callbacks failed.", failures);
        }
    }
}
