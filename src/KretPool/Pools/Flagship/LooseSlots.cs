using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace KretPool.Pools.Flagship;

/// <summary>
/// A few slots for single objects that any thread may put in and take out: where a pool that runs short keeps what is
/// returned, and where objects are left for the node that they live on.
/// </summary>
/// <typeparam name="T">The type of the objects.</typeparam>
/// <remarks>
/// A slot goes from free to held by a compare-and-swap of its state, so that it works for objects and for addresses
/// alike (an address may be zero). A slot is one small group of bytes, and a thread starts at its own cache line of slots.
/// A thread that is stopped between claiming a slot and filling it hides that slot alone, and its own return has not
/// ended.
/// </remarks>
internal sealed class LooseSlots<T>
{
    /// <summary>How many slots a cache line holds.</summary>
    public const int PerLine = 4;

    private const int Empty = 0;
    private const int Busy = 1;
    private const int Full = 2;

    private readonly Slot[] _slots;

    /// <summary>Makes empty slots.</summary>
    /// <param name="count">How many; a power of two.</param>
    public LooseSlots(int count) => _slots = new Slot[count];

    /// <summary>Bytes that the slots use.</summary>
    public long Bytes => _slots.Length * (long)Unsafe.SizeOf<Slot>();

    /// <summary>Whether every slot was seen without an object, one after the other.</summary>
    public bool IsEmpty
    {
        get
        {
            foreach (ref Slot slot in _slots.AsSpan())
            {
                if (Volatile.Read(ref slot.State) == Full)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Puts an object into a free slot. A full fence where it succeeds.</summary>
    /// <param name="item">The object.</param>
    /// <param name="line">The cache line to start at, any number.</param>
    /// <returns>Whether a slot was free.</returns>
    public bool TryPut(T item, int line)
    {
        Slot[] slots = _slots;
        for (int i = 0; i < slots.Length; i++)
        {
            ref Slot slot = ref slots[((line * PerLine) + i) & (slots.Length - 1)];
            if (Volatile.Read(ref slot.State) == Empty
                && Interlocked.CompareExchange(ref slot.State, Busy, Empty) == Empty)
            {
                slot.Item = item;
                PreemptionPoint.Reach("loose slots: filled, not published");
                Volatile.Write(ref slot.State, Full); // A release: who reads Full reads the object.
                Interlocked.MemoryBarrier(); // Before the caller looks whether somebody is certifying emptiness.
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes an object. Looks into every slot once.</summary>
    /// <param name="line">The cache line to start at, any number.</param>
    /// <param name="item">The object.</param>
    /// <returns>Whether one was found.</returns>
    public bool TryTake(int line, [MaybeNullWhen(false)] out T item)
    {
        Slot[] slots = _slots;
        for (int i = 0; i < slots.Length; i++)
        {
            ref Slot slot = ref slots[((line * PerLine) + i) & (slots.Length - 1)];
            if (Volatile.Read(ref slot.State) == Full
                && Interlocked.CompareExchange(ref slot.State, Busy, Full) == Full)
            {
                item = slot.Item!;
                slot.Item = default;
                PreemptionPoint.Reach("loose slots: emptied, not published");
                Volatile.Write(ref slot.State, Empty);
                return true;
            }
        }

        item = default;
        return false;
    }

    private struct Slot
    {
        public int State;
        public T? Item;
    }
}
