namespace KretPool.Benchmarks;

/// <summary>
/// A stack of the thread's own behind a flag that whoever works on it sets by an atomic exchange: stealable, at the price of
/// an interlocked instruction on each rent and each return.
/// </summary>
/// <param name="id">The pool's id.</param>
internal readonly struct BusyFlagStack(int id) : IDesign
{
    /// <inheritdoc/>
    public void Prepare()
    {
        ThreadTable.Set(id, new Stack { Serial = id + 1 });
        foreach (Item item in Item.Make(16))
        {
            Return(item);
        }
    }

    /// <inheritdoc/>
    public bool TryRent(out Item item)
    {
        if (ThreadTable.Find(id) is Stack stack && Interlocked.Exchange(ref stack.Busy, 1) == 0)
        {
            int count = stack.Count - 1;
            bool any = count >= 0;
            item = any ? stack.Items[count] : null!;
            stack.Count = any ? count : 0;
            Volatile.Write(ref stack.Busy, 0);
            return any;
        }

        item = null!;
        return false;
    }

    /// <inheritdoc/>
    public void Return(Item item)
    {
        if (ThreadTable.Find(id) is Stack stack && Interlocked.Exchange(ref stack.Busy, 1) == 0)
        {
            if (stack.Count < stack.Items.Length)
            {
                stack.Items[stack.Count++] = item;
            }

            Volatile.Write(ref stack.Busy, 0);
        }
    }

    private sealed class Stack : ThreadTable
    {
        public readonly Item[] Items = new Item[64];
        public int Busy;
        public int Count;
    }
}
