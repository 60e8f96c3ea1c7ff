namespace KretPool.Pools.Lineage;

/// <summary>A LIFO list of numbers behind a spinlock. The links are in an array that several lists can share.</summary>
/// <remarks>
/// A test-and-test-and-set lock. Not <see cref="SpinLock"/>, because its default value, with which the elements of an array
/// begin, keeps track of owners, and because it waits by sleeping for milliseconds. A waiting thread here gives up its CPU
/// after a short spin, since the holder may have lost its own.
/// </remarks>
internal struct SpinLockedList
{
    private int _locked;
    private int _first;

    /// <summary>Whether the list was empty a moment ago; needs no lock.</summary>
    public readonly bool IsEmpty => Volatile.Read(in _first) == 0;

    /// <summary>Takes the number that was put last, unless the lock is taken.</summary>
    /// <param name="next">The links: for each number on a list the next one plus one, 0 at the end.</param>
    /// <param name="number">The number, or -1.</param>
    /// <returns>Whether the lock was free.</returns>
    public bool TryPop(int[] next, out int number)
    {
        number = -1;
        if (!TryEnter())
        {
            return false;
        }

        number = Pop(next);
        Exit();
        return true;
    }

    /// <summary>Takes the number that was put last; waits for the lock.</summary>
    /// <param name="next">The links.</param>
    /// <returns>The number, or -1.</returns>
    public int WaitAndPop(int[] next)
    {
        Enter();
        int number = Pop(next);
        Exit();
        return number;
    }

    /// <summary>Puts a number in front, unless the lock is taken.</summary>
    /// <param name="next">The links.</param>
    /// <param name="number">The number.</param>
    /// <returns>Whether the lock was free.</returns>
    public bool TryPush(int[] next, int number)
    {
        if (!TryEnter())
        {
            return false;
        }

        Push(next, number);
        Exit();
        return true;
    }

    /// <summary>Puts a number in front; waits for the lock.</summary>
    /// <param name="next">The links.</param>
    /// <param name="number">The number.</param>
    public void WaitAndPush(int[] next, int number)
    {
        Enter();
        Push(next, number);
        Exit();
    }

    private void Push(int[] next, int number)
    {
        next[number] = _first;
        _first = number + 1;
    }

    private int Pop(int[] next)
    {
        int first = _first;
        if (first != 0)
        {
            _first = next[first - 1];
        }

        return first - 1;
    }

    // A full fence: what the last holder wrote is seen.
    private bool TryEnter()
    {
        bool entered = Volatile.Read(ref _locked) == 0 && Interlocked.CompareExchange(ref _locked, 1, 0) == 0;
        if (entered)
        {
            PreemptionPoint.Reach("BpfPerCpuFreeList: lock taken");
        }

        return entered;
    }

    private void Enter()
    {
        var wait = default(SpinWait);
        while (!TryEnter())
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    // Releases what this holder wrote to the next one.
    private void Exit() => Volatile.Write(ref _locked, 0);
}
