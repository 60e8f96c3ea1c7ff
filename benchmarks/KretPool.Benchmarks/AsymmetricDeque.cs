using System.Runtime.CompilerServices;

namespace KretPool.Benchmarks;

/// <summary>
/// The owner's side of the flagship's magazine and nothing else: a Chase-Lev deque without the owner's fence, which a
/// thief makes up for by a process-wide barrier. No overflow, no miss that is certain, no statistics.
/// </summary>
/// <param name="id">The pool's id.</param>
internal sealed class AsymmetricDeque(int id)
{
    private const int Size = 32;

    private readonly int _id = id;
    private readonly long _serial = id + 1;

    /// <summary>Gives this thread a deque.</summary>
    public void Prepare()
    {
        ThreadTable.Set(_id, new Deque { Serial = _serial });
        foreach (Item item in Item.Make(Size / 2))
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
            var deque = Unsafe.As<Deque>(entry);
            long bottom = deque.Bottom - 1;
            Volatile.Write(ref deque.Bottom, bottom); // Before the read of top; the thief's barrier does the rest.
            long top = Volatile.Read(ref deque.Top);
            if (bottom > top)
            {
                item = deque.Items[bottom & (Size - 1)];
                return true;
            }

            // A thief may want the last object as well.
            bool won = bottom == top && Interlocked.CompareExchange(ref deque.Top, top + 1, top) == top;
            item = won ? deque.Items[bottom & (Size - 1)] : null!;
            deque.Bottom = bottom + 1;
            return won;
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
            var deque = Unsafe.As<Deque>(entry);
            long bottom = deque.Bottom;
            if (bottom - Volatile.Read(ref deque.Top) < Size)
            {
                deque.Items[bottom & (Size - 1)] = item;
                Volatile.Write(ref deque.Bottom, bottom + 1);
            }
        }
    }

    /// <summary>For the measuring loop.</summary>
    /// <param name="pool">The pool.</param>
    internal readonly struct Design(AsymmetricDeque pool) : IDesign
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

    private sealed class Deque : ThreadTable
    {
        public readonly Item[] Items = new Item[Size];
        public long Top;
        public long Bottom;
    }
}
