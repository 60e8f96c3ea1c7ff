using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace KretPool.Pools.Lineage;

/// <summary>
/// An array of slots for all threads. Rents and returns search it, one slot after the other and round the end, each from
/// a place of its own choice, and take or fill a slot by compare-and-swap.
/// </summary>
/// <remarks>
/// <para>A search for an object that has gone round without one ends; then each slot was empty when it was looked at, so at
/// quiescence nothing is missed. While others rent and return, an object can move behind the search, and it misses. A
/// search for an empty slot goes on: there are at least as many slots as objects, so when it comes, there is one,
/// and if it is gone when the search gets there another thread has put its object in (lock-free).</para>
/// <para>What all arrays of this kind are bad at: the search is as long as the run of slots without what it looks for. To
/// drain a pool of n objects one by one from one place costs n squared over two looks; in bulk, n looks a bulk.</para>
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
/// <typeparam name="TOrder">Where the slots of the search lie in the array.</typeparam>
internal sealed class SearchedArray<T, TOrder>
    where TOrder : struct, ISlotOrder
{
    private readonly Slot<T>[] _slots;
    private readonly TOrder _order;

    /// <summary>Makes an array and spreads the objects over it evenly.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="minimumLength">How many places at least; rounded up to a power of two.</param>
    /// <param name="order">Where the slots lie.</param>
    public SearchedArray(ReadOnlySpan<T> objects, int minimumLength, TOrder order = default)
    {
        Length = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(objects.Length, minimumLength));
        _order = order;
        _slots = new Slot<T>[Padding.MarginSlots + (Length * order.SlotsPerPlace) + Padding.MarginSlots];
        for (int i = 0; i < objects.Length; i++)
        {
            SlotAt((int)((long)i * Length / objects.Length)) = objects[i];
        }
    }

    /// <summary>How many places there are: a power of two.</summary>
    public int Length { get; }

    /// <summary>Bytes that the array uses.</summary>
    public long Bytes => (long)_slots.Length * Unsafe.SizeOf<Slot<T>>();

    /// <summary>Takes the first object that a search finds.</summary>
    /// <param name="place">Where the search begins; any number. Then the place of the slot.</param>
    /// <param name="item">The object.</param>
    /// <returns>Whether it found one.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(ref int place, [MaybeNullWhen(false)] out T item) =>
        SlotExchange.TryTake(ref SlotAt(place), out item) || TryTakeFurther(ref place, out item);

    /// <summary>Puts an object into the first empty slot that a search finds.</summary>
    /// <param name="place">Where the search begins; any number. Then the place of the slot.</param>
    /// <param name="item">The object.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(ref int place, T item)
    {
        if (!SlotExchange.TryPut(ref SlotAt(place), item))
        {
            PutFurther(ref place, item);
        }
    }

    /// <summary>Takes the objects that one search finds: a bulk does not search again what it has emptied.</summary>
    /// <param name="place">Where the search begins; any number. Then where it ended.</param>
    /// <param name="items">Filled from the start.</param>
    /// <returns>How many it found.</returns>
    public int Take(ref int place, Span<T> items)
    {
        int count = 0;
        for (int looked = 0; looked < Length && count < items.Length; looked++)
        {
            if (SlotExchange.TryTake(ref SlotAt(place++), out T? item))
            {
                items[count++] = item;
            }
        }

        return count;
    }

    /// <summary>Puts objects into the empty slots that one search finds.</summary>
    /// <param name="place">Where the search begins; any number. Then where it ended.</param>
    /// <param name="items">The objects.</param>
    public void Put(ref int place, ReadOnlySpan<T> items)
    {
        foreach (T item in items)
        {
            Put(ref place, item);
        }
    }

    private bool TryTakeFurther(ref int place, [MaybeNullWhen(false)] out T item)
    {
        for (int looked = 1; looked < Length; looked++)
        {
            if (SlotExchange.TryTake(ref SlotAt(++place), out item))
            {
                return true;
            }
        }

        item = default;
        return false;
    }

    private void PutFurther(ref int place, T item)
    {
        do
        {
            place++;
        }
        while (!SlotExchange.TryPut(ref SlotAt(place), item));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref T SlotAt(int place) => ref _slots[Padding.MarginSlots + _order.IndexOf(place & (Length - 1))].Item;
}
