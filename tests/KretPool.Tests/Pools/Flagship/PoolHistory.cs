using System.Text;

namespace KretPool.Tests.Pools.Flagship;

/// <summary>
/// What threads have asked of a pool and what they got. It tells whether the pool can be explained: whether each
/// operation can be given one instant between its call and its end, so that the pool behaves as a plain bag of objects
/// from which a rent misses only if it is empty (Herlihy and Wing, "Linearizability", 1990).
/// </summary>
/// <param name="capacity">How many objects are in the bag at first; they are numbered from 0.</param>
internal sealed class PoolHistory(int capacity)
{
    private const int Miss = -1;

    private readonly List<Operation> _operations = [];
    private int _clock;

    /// <summary>Notes that an operation has been called.</summary>
    /// <returns>The time.</returns>
    public int Call() => _clock++;

    /// <summary>Notes that a rent has ended.</summary>
    /// <param name="thread">Who rented.</param>
    /// <param name="called">When.</param>
    /// <param name="item">The number of the object, or null for a miss.</param>
    public void EndRent(int thread, int called, int? item) =>
        _operations.Add(new(thread, IsRent: true, item ?? Miss, called, _clock++));

    /// <summary>Notes that a return has ended.</summary>
    /// <param name="thread">Who returned.</param>
    /// <param name="called">When.</param>
    /// <param name="item">The number of the object.</param>
    public void EndReturn(int thread, int called, int item) =>
        _operations.Add(new(thread, IsRent: false, item, called, _clock++));

    /// <summary>Whether the operations can be explained.</summary>
    /// <returns>Whether they can.</returns>
    public bool IsLinearizable()
    {
        Assert.InRange(_operations.Count, 0, 63);
        Assert.InRange(capacity, 1, 63);
        return CanBeExplained(done: 0, free: (1UL << capacity) - 1, refuted: []);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (Operation operation in _operations.OrderBy(operation => operation.Called))
        {
            text.Append($"[{operation.Called}, {operation.Ended}] thread {operation.Thread} ");
            text.AppendLine(operation switch
            {
                { IsRent: false } => $"returns {operation.Item}",
                { Item: Miss } => "misses",
                _ => $"rents {operation.Item}",
            });
        }

        return text.ToString();
    }

    private bool CanBeExplained(ulong done, ulong free, HashSet<ulong> refuted)
    {
        if (done == (1UL << _operations.Count) - 1)
        {
            return true;
        }

        if (!refuted.Add(done))
        {
            return false;
        }

        // What comes next was called before the first end of all that is left.
        int firstEnd = int.MaxValue;
        for (int i = 0; i < _operations.Count; i++)
        {
            firstEnd = (done & (1UL << i)) == 0 ? Math.Min(firstEnd, _operations[i].Ended) : firstEnd;
        }

        for (int i = 0; i < _operations.Count; i++)
        {
            Operation next = _operations[i];
            if ((done & (1UL << i)) == 0 && next.Called < firstEnd && After(next, free) is { } left
                && CanBeExplained(done | (1UL << i), left, refuted))
            {
                return true;
            }
        }

        return false;
    }

    // The free objects after an operation; null if it cannot have happened.
    private static ulong? After(Operation operation, ulong free)
    {
        if (operation.Item == Miss)
        {
            return free == 0 ? 0 : null;
        }

        ulong item = 1UL << operation.Item;
        return ((free & item) != 0) == operation.IsRent ? free ^ item : null;
    }

    private sealed record Operation(int Thread, bool IsRent, int Item, int Called, int Ended);
}
