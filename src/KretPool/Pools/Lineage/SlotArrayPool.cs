using System.Diagnostics.CodeAnalysis;

namespace KretPool.Pools.Lineage;

/// <summary>
/// An array of slots and a count of the used ones for each CPU. Beyond its own part a thread searches upwards from an even
/// CPU and downwards from an odd one.
/// </summary>
/// <remarks>
/// <para>Source: the published description. A return first counts itself in, if the part has room, and then looks for an
/// empty slot; a rent empties a slot and then counts itself out. So the count is never below the number of objects
/// in the part: a part that counts zero is passed by without a look at its slots, and who was counted in finds
/// an empty slot. The count is also where the search begins, so that an undisturbed part works as a stack.
/// <see cref="PoolOptions{T}.Balance"/> is 1 for <c>op</c> and 0 for <c>op+</c>. An object whose node is known
/// (<see cref="PoolOptions{T}.NodeOf"/>) begins in the part of a CPU on that node.</para>
/// <para>Good at: a miss, which reads one word for each CPU; even and odd CPUs do not steal from the same neighbour first.
/// Bad at: four interlocked operations for a rent and its return, two on the count; without balance, 8 bytes for each
/// object on each CPU.</para>
/// <para>In user space a thread that loses its CPU between its slot and its count leaves the count too high until it runs
/// on: others look for an object that is not there, or find a part full that has a slot free, and go on to the next.
/// Nobody waits, and nothing relies on a part being one CPU's alone. A slot holds nothing but the object, so there is no
/// ABA.</para>
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
[PoolKind(
    "SlotArray",
    PublishedAs = "op",
    Family = PoolFamily.Lineage,
    Progress = PoolProgress.LockFree,
    AbaAvoidance = "a slot is its whole state",
    NumaAware = true,
    BytesPerObject = 8,
    BytesPerCpu = 528,
    Description = "An array and a count per CPU; even CPUs search their neighbours upwards, odd ones downwards.")]
public sealed class SlotArrayPool<T> : LineagePool<T>
{
    private readonly int _room;
    private readonly Slot<T>[][] _slots;
    private readonly Padded<int>[] _used;

    /// <summary>Makes a pool of the given objects, each in the part of a CPU on the node that holds it.</summary>
    /// <param name="options">What the pool is built from.</param>
    public SlotArrayPool(PoolOptions<T> options)
        : base(options)
    {
        _room = BalancedRoom.ForEach(options, Parts.Count);
        _slots = [.. Enumerable.Range(0, Parts.Count).Select(_ => new Slot<T>[Padding.MarginSlots + _room + Padding.MarginSlots])];
        _used = new Padded<int>[Parts.Count];
        foreach (var (item, part) in Parts.DealByNode(options))
        {
            Return(item, part);
        }
    }

    private protected override long QueueBytes =>
        _slots.Sum(slots => (slots.Length + 1L) * nint.Size) + ((long)_used.Length * Padding.FalseSharing);

    private protected override bool CountsSteals => true;

    /// <inheritdoc/>
    public override bool TryRent([MaybeNullWhen(false)] out T item)
    {
        int own = Parts.Current;
        return TryTake(own, out item) || TrySteal(own, out item);
    }

    /// <inheritdoc/>
    public override void Return(T item) => Return(item, Parts.Current);

    private bool TrySteal(int own, [MaybeNullWhen(false)] out T item)
    {
        for (int part = Neighbour(own, own); part != own; part = Neighbour(own, part))
        {
            if (TryTake(part, out item))
            {
                return Counters.CountSteal(own);
            }
        }

        item = default;
        return Counters.CountMiss(own);
    }

    private void Return(T item, int own)
    {
        // All parts together have room for all objects, and this one is in none of them: a full round without room means
        // that the other threads' counts lag behind their slots, or that they filled and emptied parts meanwhile.
        int part = own;
        while (!TryPut(part, item))
        {
            part = Neighbour(own, part);
        }
    }

    private int Neighbour(int own, int part) => int.IsEvenInteger(own) ? Parts.After(part) : Parts.Before(part);

    private bool TryTake(int part, [MaybeNullWhen(false)] out T item)
    {
        var slots = _slots[part];
        int used = Volatile.Read(ref _used[part].Value);
        for (int looked = used == 0 ? _room : 0; looked < _room; looked++)
        {
            used = used == 0 ? _room : used;
            if (SlotExchange.TryTake(ref slots[Padding.MarginSlots + --used].Item, out item))
            {
                PreemptionPoint.Reach("SlotArray: slot emptied, not yet counted");
                Interlocked.Decrement(ref _used[part].Value);
                return true;
            }
        }

        item = default;
        return false;
    }

    private bool TryPut(int part, T item)
    {
        var slots = _slots[part];
        int used = Volatile.Read(ref _used[part].Value);
        while (true)
        {
            if (used == _room)
            {
                return false;
            }

            int seen = Interlocked.CompareExchange(ref _used[part].Value, used + 1, used);
            if (seen == used)
            {
                break;
            }

            used = seen;
        }

        PreemptionPoint.Reach("SlotArray: counted, slot not yet filled");
        while (!SlotExchange.TryPut(ref slots[Padding.MarginSlots + used].Item, item))
        {
            used = ++used == _room ? 0 : used;
        }

        return true;
    }
}
