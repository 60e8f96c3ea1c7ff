using System.Runtime.CompilerServices;

namespace KretPool.Benchmarks;

/// <summary>A plain stack of the thread's own for each pool. No other thread can reach the objects.</summary>
/// <param name="id">The pool's id.</param>
internal sealed class StackPerPool(int id)
{
    private readonly int _id = id;
    private readonly long _serial = id + 1;

    /// <summary>Gives this thread a stack.</summary>
    public void Prepare()
    {
        ThreadTable.Set(_id, new Stack { Serial = _serial });
        foreach (Item item in Item.Make(16))
        {
            Return(item);
        }
    }

    /// <summary>Takes an object out.</summary>
    /// <param name="item">The object.</param>
    /// <returns>Whether one was free.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRent(out Item item)
    {
        if (ThreadTable.Find(_id) is { } entry && entry.Serial == _serial)
        {
            var stack = Unsafe.As<Stack>(entry);
            Item[] items = stack.Items;
            int count = stack.Count - 1;
            if ((uint)count < (uint)items.Length)
            {
                stack.Count = count;
                item = items[count];
                return true;
            }
        }

        item = null!;
        return false;
    }

    /// <summary>Gives an object back.</summary>
    /// <param name="item">The object.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(Item item)
    {
        if (ThreadTable.Find(_id) is { } entry && entry.Serial == _serial)
        {
            var stack = Unsafe.As<Stack>(entry);
            Item[] items = stack.Items;
            int count = stack.Count;
            if ((uint)count < (uint)items.Length)
            {
                items[count] = item;
                stack.Count = count + 1;
            }
        }
    }

    /// <summary>For the measuring loop.</summary>
    /// <param name="pool">The pool.</param>
    internal readonly struct Design(StackPerPool pool) : IDesign
    {
        /// <inheritdoc/>
        public void Prepare() => pool.Prepare();

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool TryRent(out Item item) => pool.TryRent(out item);

        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Return(Item item) => pool.Return(item);
    }

    private sealed class Stack : ThreadTable
    {
        public readonly Item[] Items = new Item[64];
        public int Count;
    }
}
