using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KretPool.Pools.Lineage;

/// <summary>A FIFO ring with a sequence beside each entry that tells when the entry can be read.</summary>
/// <remarks>
/// <para>After D. Vyukov's bounded queue (1024cores.net, "Bounded MPMC queue", 2010): a push takes a position at the
/// tail, writes the object, then publishes it by its sequence; the order in which pushes end does not matter. Unlike
/// there, a pop does not hand the entry back. It reads the object first and then moves the head: whoever moves the head
/// past the position owns what it read. The ring never holds more objects than it has entries, so an entry is not
/// written again before the head has passed it, and a pop that read an object of a later lap finds the head moved.</para>
/// <para>No thread ever waits for another. A push that has taken its position and then lost its CPU hides the entries
/// behind it: pops see an empty ring until the push runs on. Positions have 64 bits, so that a thread would have to
/// sleep for 2^64 operations before it could mistake one for another (no ABA).</para>
/// <para>Memory order: the release of the sequence pairs with its acquire in a pop, so the object is read after it was
/// written. The full fence of the swap on the head keeps a pop's read of the object before it. It pairs with the read of
/// the head in <see cref="TryPush"/>, and for <see cref="Push"/> with the operations that got the pusher its object.</para>
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
internal sealed class SequencedRing<T>
{
    // Unused entries at the end keep the last one in use off the cache line of whatever lies behind the array.
    private const int Margin = Padding.FalseSharing / (2 * sizeof(long));

    private readonly Entry[] _entries;
    private readonly int _mask;
    private readonly int _room;
    private RingEnds _ends;

    /// <summary>Makes an empty ring.</summary>
    /// <param name="room">How many objects it can hold.</param>
    /// <param name="firstPosition">The position that the first object gets. Tests start it just before it wraps.</param>
    public SequencedRing(int room, long firstPosition = 0)
    {
        _room = room;
        int length = (int)BitOperations.RoundUpToPowerOf2((uint)room);
        _mask = length - 1;
        _entries = new Entry[length + Margin];
        _ends.Head = _ends.Tail = firstPosition;
        if (firstPosition != 0)
        {
            // What the entries would hold after the lap before. From position 0 on the zeros of a new array will do.
            for (long position = firstPosition; position - firstPosition < length; position++)
            {
                EntryAt(position).Sequence = position + 1 - length;
            }
        }
    }

    /// <summary>Bytes that the ring uses.</summary>
    public long Bytes => ((long)_entries.Length * Unsafe.SizeOf<Entry>()) + Unsafe.SizeOf<RingEnds>();

    /// <summary>Puts an object at the end, in a ring that has room for every object there is.</summary>
    /// <param name="item">The object.</param>
    public void Push(T item) => Publish(Interlocked.Increment(ref _ends.Tail) - 1, item);

    /// <summary>Puts an object at the end if there is room.</summary>
    /// <param name="item">The object.</param>
    /// <returns>Whether there was room.</returns>
    public bool TryPush(T item)
    {
        long tail = Volatile.Read(ref _ends.Tail);
        while (true)
        {
            // The head read here is at most behind the real one: what looks like room is room.
            if (tail - Volatile.Read(ref _ends.Head) >= _room)
            {
                return false;
            }

            long seen = Interlocked.CompareExchange(ref _ends.Tail, tail + 1, tail);
            if (seen == tail)
            {
                Publish(tail, item);
                return true;
            }

            tail = seen;
        }
    }

    /// <summary>Takes the object at the front.</summary>
    /// <param name="item">The object.</param>
    /// <returns>Whether there was one that could be read.</returns>
    public bool TryPop([MaybeNullWhen(false)] out T item)
    {
        long head = Volatile.Read(ref _ends.Head);
        while (true)
        {
            ref Entry entry = ref EntryAt(head);
            if (Volatile.Read(ref entry.Sequence) != head + 1)
            {
                long moved = Volatile.Read(ref _ends.Head);
                if (moved == head)
                {
                    item = default;
                    return false;
                }

                head = moved;
                continue;
            }

            T read = entry.Item;
            PreemptionPoint.Reach("Ring: object read, head not yet moved");
            long seen = Interlocked.CompareExchange(ref _ends.Head, head + 1, head);
            if (seen == head)
            {
                item = read;
                return true;
            }

            head = seen;
        }
    }

    private void Publish(long position, T item)
    {
        PreemptionPoint.Reach("Ring: position taken, object not yet written");
        ref Entry entry = ref EntryAt(position);
        entry.Item = item;
        Volatile.Write(ref entry.Sequence, position + 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Entry EntryAt(long position) => ref _entries[(int)position & _mask];

    private struct Entry
    {
        public long Sequence;
        public T Item;
    }
}

/// <summary>The two ends of a ring, each on cache lines of its own.</summary>
[StructLayout(LayoutKind.Explicit, Size = 3 * Padding.FalseSharing)]
internal struct RingEnds
{
    /// <summary>The position of the object that the next pop takes.</summary>
    [FieldOffset(Padding.FalseSharing)]
    public long Head;

    /// <summary>The position that the next push takes.</summary>
    [FieldOffset(2 * Padding.FalseSharing)]
    public long Tail;
}
