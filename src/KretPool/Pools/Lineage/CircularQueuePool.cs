using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace KretPool.Pools.Lineage;

/// <summary>
/// One ring for all threads. A return takes positions at the tail, writes, and then publishes in the order in which
/// positions were taken; a rent does the same at the head.
/// </summary>
/// <remarks>
/// <para>Source: the design of FreeBSD's <c>buf_ring</c> and of DPDK's ring library, from the latter's programmer's guide
/// ("Ring Library"); written anew.</para>
/// <para>Good at: strict FIFO order, and bulk: any number of objects for one swap. Bad at: more than one thread, since all
/// swap the same two words and then wait for each other. A thread that loses its CPU between taking a position and
/// publishing it stops everybody behind it. In the kernel that cannot happen, in user space it can; so waiting gives up the
/// CPU after a short spin, and so this kind is blocking. Rents that find nothing published miss and do not wait.</para>
/// <para>Positions have 64 bits and never come back, so there is no ABA.</para>
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
[PoolKind(
    "CircularQueue",
    PublishedAs = "cq",
    Family = PoolFamily.Lineage,
    Progress = PoolProgress.Blocking,
    AbaAvoidance = "64-bit positions",
    Order = PoolOrder.Fifo,
    BytesPerObject = 8,
    BytesPerCpu = 136,
    Description = "One ring; producers and consumers each take positions and publish them in order.")]
public sealed class CircularQueuePool<T> : LineagePool<T>
{
    private readonly Slot<T>[] _ring;
    private RingEnds _taken;
    private RingEnds _published;

    /// <summary>Makes a pool of the given objects; they come out in their order.</summary>
    /// <param name="options">What the pool is built from.</param>
    public CircularQueuePool(PoolOptions<T> options)
        : this(options, firstPosition: 0)
    {
    }

    internal CircularQueuePool(PoolOptions<T> options, long firstPosition)
        : base(options)
    {
        _ring = new Slot<T>[BitOperations.RoundUpToPowerOf2((uint)options.Capacity)];
        _taken.Head = _taken.Tail = _published.Head = _published.Tail = firstPosition;
        Return(options.Objects.Span);
    }

    private protected override long QueueBytes =>
        ((long)_ring.Length * Unsafe.SizeOf<Slot<T>>()) + (2 * Unsafe.SizeOf<RingEnds>());

    /// <inheritdoc/>
    public override bool TryRent([MaybeNullWhen(false)] out T item)
    {
        item = default;
        return Rent(new Span<T>(ref item!)) == 1;
    }

    /// <inheritdoc/>
    public override void Return(T item) => Return(new ReadOnlySpan<T>(in item));

    /// <inheritdoc/>
    public override int Rent(Span<T> items)
    {
        long head = Volatile.Read(ref _taken.Head);
        int count;
        while (true)
        {
            // Acquires what those who moved the published tail wrote into the ring. Never negative, because it is read
            // after the head, and the head never overtakes it.
            count = (int)Math.Min(items.Length, Volatile.Read(ref _published.Tail) - head);
            long seen = count == 0 ? head : Interlocked.CompareExchange(ref _taken.Head, head + count, head);
            if (seen == head)
            {
                break;
            }

            head = seen;
        }

        if (count < items.Length)
        {
            Counters.CountMiss(Parts.Current);
        }

        if (count == 0)
        {
            return 0;
        }

        PreemptionPoint.Reach("CircularQueue: positions at the head taken");
        for (int i = 0; i < count; i++)
        {
            ref Slot<T> slot = ref SlotAt(head + i);
            items[i] = slot.Item;
            slot.Item = default!;
        }

        Publish(ref _published.Head, head, count);
        return count;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">More objects were returned than the pool has.</exception>
    public override void Return(ReadOnlySpan<T> items)
    {
        if (items.IsEmpty)
        {
            // No position, so no turn to wait for.
            return;
        }

        long tail = ReserveAtTail(items.Length);
        PreemptionPoint.Reach("CircularQueue: positions at the tail taken");
        for (int i = 0; i < items.Length; i++)
        {
            SlotAt(tail + i).Item = items[i];
        }

        Publish(ref _published.Tail, tail, items.Length);
    }

    private long ReserveAtTail(int count)
    {
        var wait = default(SpinWait);
        while (true)
        {
            long tail = Volatile.Read(ref _taken.Tail);
            if (tail + count - Volatile.Read(ref _published.Head) <= _ring.Length)
            {
                if (Interlocked.CompareExchange(ref _taken.Tail, tail + count, tail) == tail)
                {
                    return tail;
                }
            }
            else if (tail + count - Volatile.Read(ref _taken.Head) > _ring.Length)
            {
                throw new InvalidOperationException($"More objects were returned than the {Capacity} that the pool has.");
            }
            else
            {
                // A rent that has taken its positions has yet to read them.
                wait.SpinOnce(sleep1Threshold: -1);
            }
        }
    }

    // Waits for those who took the positions before. Reading their end acquires what they did, and moving it on releases
    // that together with what this thread did: to rents at the tail, to returns that reuse the slots at the head.
    private static void Publish(ref long end, long position, int count)
    {
        var wait = default(SpinWait);
        while (Volatile.Read(ref end) != position)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }

        Volatile.Write(ref end, position + count);
    }

    private ref Slot<T> SlotAt(long position) => ref _ring[(int)position & (_ring.Length - 1)];
}
