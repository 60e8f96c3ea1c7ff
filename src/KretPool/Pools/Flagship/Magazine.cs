using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KretPool.Pools.Flagship;

/// <summary>
/// A small stack of objects with one owner, who works on it with plain loads and stores, and from which any other
/// thread can steal one object at a time.
/// </summary>
/// <typeparam name="T">The type of the objects.</typeparam>
/// <remarks>
/// <para>
/// The work-stealing deque of Chase and Lev ("Dynamic Circular Work-Stealing Deque", SPAA 2005), of fixed size, with its
/// fence moved from the owner to the thief ("asymmetric" synchronisation: Dice, Huang and Yang, "Asymmetric Dekker
/// Synchronization", 2001). Free objects are those from <c>top</c> up to <c>bottom</c>. The owner pushes and pops at
/// <c>bottom</c>; a thief takes the object at <c>top</c> by moving <c>top</c> up. Both only ever name positions; the
/// slot is the position modulo the size. Positions are 64 bits wide; they are only ever compared by their difference, so
/// that a count which wraps breaks nothing.
/// </para>
/// <para>
/// The one dangerous case is that the owner pops position p without a compare-and-swap because it saw top below p, while
/// a thief takes the same p because it saw bottom above p. The thief reads top (it is p: it steals no other), then
/// executes a process-wide barrier, then reads bottom. The owner stores bottom = p, then reads top, in program order.
/// Where the barrier falls in the owner's instruction stream decides:
/// if after the owner's read of top, then the store of bottom is visible to the thief's read, which finds p taken;
/// if before it, then the owner reads a top that is at least what the thief read, p, and does not take the easy way.
/// So the owner needs no fence, on any processor: the compiler keeps two volatile accesses in order, and what the
/// processor reorders the barrier repairs.
/// </para>
/// <para>
/// A magazine has one owner at a time. It changes hands through a <see cref="MagazineStack"/>, whose compare-and-swap
/// orders all that the old owner did before all that the new owner does.
/// </para>
/// </remarks>
internal sealed class Magazine<T> : MagazineEnds
{
    /// <summary>How many objects a magazine holds; a power of two.</summary>
    public const int Size = 32;

    /// <summary>Bytes of a magazine: its slots, its ends, the padding and the object header.</summary>
    public static readonly int Bytes =
        (Size * Unsafe.SizeOf<T>()) + Padding.CacheLine + (2 * sizeof(long)) + (2 * sizeof(int)) + (2 * IntPtr.Size);

    private Slots _slots;

    /// <summary>Makes an empty magazine.</summary>
    /// <param name="index">Its place in the pool's list of magazines.</param>
    /// <param name="start">The position to start counting from; tests start near the edge.</param>
    public Magazine(int index, long start)
    {
        Index = index;
        Top = Bottom = start;
    }

    /// <summary>Its place in the pool's list of magazines.</summary>
    public int Index { get; }

    /// <summary>
    /// How many objects are in it, from 0 to <see cref="Size"/>, as far as this thread can see: exact for the owner
    /// while nobody steals.
    /// </summary>
    public int Count => (int)Math.Max(0, Volatile.Read(ref Bottom) - Volatile.Read(ref Top));

    /// <summary>Takes the newest object. Owner only.</summary>
    /// <param name="item">The object.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryPop([MaybeNullWhen(false)] out T item) => TryPopOneOfSeveral(out item) || TryPopLast(out item);

    /// <summary>
    /// Takes the newest object if it is not the last. Owner only. If it is, or there is none, the pop has begun, and the
    /// owner has to end it with <see cref="TryPopLast"/> before anything else. Two methods, so that what is inlined into
    /// a rent has no call in its middle, which values in registers would have to survive.
    /// </summary>
    /// <param name="item">The object.</param>
    /// <returns>Whether it was taken.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPopOneOfSeveral([MaybeNullWhen(false)] out T item)
    {
        long bottom = Bottom - 1;
        Volatile.Write(ref Bottom, bottom); // Before the read of top: see the type's remarks. No fence.
        PreemptionPoint.Reach("magazine: popping, top not read");
        if (bottom - Volatile.Read(ref Top) > 0)
        {
            // The slot keeps the reference: clearing it would cost a store on every rent, and see TryPush.
            item = Slot(bottom);
            return true;
        }

        item = default;
        return false;
    }

    /// <summary>Ends a pop that found no more than one object. Owner only.</summary>
    /// <param name="item">The object.</param>
    /// <returns>Whether there was one that no thief took.</returns>
    public bool TryPopLast([MaybeNullWhen(false)] out T item)
    {
        // The last object is the only one that the owner and a thief can want at the same time.
        PreemptionPoint.Reach("magazine: popping the last");
        long bottom = Bottom;
        long top = Volatile.Read(ref Top);
        bool won = bottom == top && Interlocked.CompareExchange(ref Top, top + 1, top) == top;
        item = won ? Slot(bottom) : default;
        Volatile.Write(ref Bottom, bottom + 1); // Empty now: top stands there too.
        return won;
    }

    /// <summary>Gives an object back. Owner only.</summary>
    /// <param name="item">The object.</param>
    /// <returns>Whether there was room for it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPush(T item)
    {
        long bottom = Bottom;
        if (bottom - Volatile.Read(ref Top) >= Size)
        {
            return false;
        }

        if (typeof(T).IsValueType)
        {
            Slot(bottom) = item;
        }
        else if (!ReferenceEquals(Slot(bottom), item))
        {
            Slot(bottom) = item;

            // Read again, so that it need not be kept across the write barrier of the garbage collector, a call.
            Publish(Bottom);
            return true;
        }

        // A thread mostly returns what it has rented last, and that is still in the slot: no store, and no write barrier.
        Publish(bottom);
        return true;
    }

    /// <summary>Takes up to a number of the newest objects. Owner only.</summary>
    /// <param name="items">Where they go, oldest first.</param>
    /// <returns>How many it took.</returns>
    public int PopMany(Span<T> items)
    {
        long bottom = Bottom;
        int count = (int)Math.Min(items.Length, bottom - Volatile.Read(ref Top));
        if (count <= 0)
        {
            return 0;
        }

        // As in a pop of one, with the lowest position that is taken in the role of p; a thief cannot jump over it.
        long lowest = bottom - count;
        Volatile.Write(ref Bottom, lowest);
        PreemptionPoint.Reach("magazine: popping many, top not read");
        long top = Volatile.Read(ref Top);
        if (lowest - top <= 0)
        {
            return PopRest(bottom, top, items);
        }

        CopyOut(lowest, items[..count]);
        return count;
    }

    /// <summary>Gives back as many objects as there is room for. Owner only.</summary>
    /// <param name="items">The objects.</param>
    /// <returns>How many it took, from the start; 0 if it was full.</returns>
    public int PushMany(ReadOnlySpan<T> items)
    {
        long bottom = Bottom;
        int count = (int)Math.Min(items.Length, Size - (bottom - Volatile.Read(ref Top)));
        Span<T> slots = _slots;
        int start = (int)(bottom & (Size - 1));
        int before = Math.Min(count, Size - start);
        items[..before].CopyTo(slots[start..]);
        if (before < count)
        {
            items[before..count].CopyTo(slots);
        }

        Volatile.Write(ref Bottom, bottom + count);
        PreemptionPoint.Reach("magazine: pushed many");
        return count;
    }

    /// <summary>
    /// Takes the oldest object from another thread's magazine. Any thread. Costs a process-wide barrier, so look at
    /// <see cref="Count"/> first.
    /// </summary>
    /// <param name="item">The object.</param>
    /// <returns>Whether it got one. A failure means that there was none, or that another thread took it.</returns>
    public bool TrySteal([MaybeNullWhen(false)] out T item)
    {
        long top = Volatile.Read(ref Top);
        PreemptionPoint.Reach("magazine: stealing, top read");
        Interlocked.MemoryBarrierProcessWide(); // Pays for the fence that the owner does not have.
        if (Volatile.Read(ref Bottom) - top > 0)
        {
            // Read before the swap of top, which keeps the owner from using the slot again.
            T candidate = Slot(top);
            PreemptionPoint.Reach("magazine: stealing, slot read");
            if (Interlocked.CompareExchange(ref Top, top + 1, top) == top)
            {
                item = candidate;
                return true;
            }
        }

        item = default;
        return false;
    }

    // A release: a thief that reads this bottom reads the slot after it. It also comes before what the caller reads next,
    // which the process-wide barrier of the other side relies on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Publish(long bottom)
    {
        Volatile.Write(ref Bottom, bottom + 1);
        PreemptionPoint.Reach("magazine: pushed");
    }

    // The owner takes all there is, or thieves came as far as what it has taken hold of. Like its last object, the one at top may be a thief's; no
    // thief can want those above, because it would have to read bottom after the owner has moved it down. All of them
    // are taken: an object that the owner put back would have been neither free nor rented for a moment, and a renter
    // that looked just then would be wrong to miss.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int PopRest(long bottom, long top, Span<T> items)
    {
        PreemptionPoint.Reach("magazine: popping the rest");
        int count = 0;
        if (bottom - top > 0)
        {
            // With all of them taken, both ends may go to any higher position: to slot 0, so that a bulk that follows
            // is copied in one piece.
            long next = (top | (Size - 1)) + 1;
            bool won = Interlocked.CompareExchange(ref Top, next, top) == top;
            long first = won ? top : top + 1;
            count = (int)(bottom - first);
            CopyOut(first, items[..count]);
            bottom = won ? next : first;
        }

        Volatile.Write(ref Bottom, bottom); // Empty now: top stands there too.
        return count;
    }

    private void CopyOut(long position, Span<T> items)
    {
        Span<T> slots = _slots;
        int start = (int)(position & (Size - 1));
        int before = Math.Min(items.Length, Size - start);
        slots.Slice(start, before).CopyTo(items);
        if (before < items.Length)
        {
            slots[..(items.Length - before)].CopyTo(items[before..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref T Slot(long position) =>
        ref Unsafe.Add(ref Unsafe.As<Slots, T>(ref _slots), (nint)(position & (Size - 1)));

    // Inline, not an array: one object fewer to reach through, no bounds check, and no check of array covariance on a
    // store.
    [InlineArray(Size)]
    private struct Slots
    {
        private T _first;
    }
}

/// <summary>The ends of a magazine, away from the slots of the magazine that lies before it in memory.</summary>
internal abstract class MagazineEnds : MagazinePadding
{
    /// <summary>The position of the oldest object. Moved up by whoever takes that object.</summary>
    public long Top;

    /// <summary>The position after the newest object. Written by the owner alone.</summary>
    public long Bottom;

    /// <summary>The next one in the stack that the magazine lies in.</summary>
    public int Next;
}

/// <summary>Keeps what other threads write off the cache line of a magazine's ends.</summary>
[StructLayout(LayoutKind.Sequential)]
internal abstract class MagazinePadding
{
    private readonly Line _line;

    [InlineArray(Padding.CacheLine / sizeof(long))]
    private struct Line
    {
        private long _first;
    }
}
