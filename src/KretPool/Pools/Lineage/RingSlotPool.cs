using System.Diagnostics.CodeAnalysis;

namespace KretPool.Pools.Lineage;

/// <summary>
/// The object pool made of a ring for each CPU: objects beside the ring of their CPU, on its node, and a balance between
/// equal shares and room for all in every ring.
/// </summary>
/// <remarks>
/// <para>Source: the published description; the ring is <see cref="SequencedRing{T}"/>. An object whose node is known
/// (<see cref="PoolOptions{T}.NodeOf"/>) begins in the ring of a CPU on that node. <see cref="PoolOptions{T}.Balance"/>
/// is 1 for <c>rs</c> and 0 for <c>rs+</c>.</para>
/// <para>Good at: threads that rent and return on their CPU share nothing and keep to their node's memory; two interlocked
/// operations for a rent and its return. Bad at: with equal shares, objects that wander, because a full ring sends them
/// on to the next; without, memory, 16 bytes for each object on each CPU.</para>
/// <para>In user space a thread can lose its CPU between taking a position and writing to it, or go on with a ring that is
/// no longer its own; the sequence beside each entry holds in both cases.</para>
/// <para>Promise: with no operation in progress a rent finds every free object. While a return is stopped after it took
/// its position, the objects behind it in the same ring are out of reach, and a rent can miss.</para>
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
[PoolKind(
    "RingSlot",
    PublishedAs = "rs",
    Family = PoolFamily.Lineage,
    Progress = PoolProgress.LockFree,
    AbaAvoidance = "64-bit sequence beside each entry",
    NumaAware = true,
    Order = PoolOrder.Fifo,
    BytesPerObject = 16,
    BytesPerCpu = 656,
    Description = "A ring per CPU, objects on the CPU's node; room by balance, from equal shares to all in any ring.")]
public sealed class RingSlotPool<T> : LineagePool<T>
{
    private readonly RingParts<T> _rings;

    /// <summary>Makes a pool of the given objects, each in the ring of a CPU on the node that holds it.</summary>
    /// <param name="options">What the pool is built from.</param>
    public RingSlotPool(PoolOptions<T> options)
        : this(options, firstPosition: 0)
    {
    }

    internal RingSlotPool(PoolOptions<T> options, long firstPosition)
        : base(options)
    {
        _rings = new RingParts<T>(Parts, Counters, BalancedRoom.ForEach(options, Parts.Count), firstPosition);
        foreach (var (item, part) in Parts.DealByNode(options))
        {
            _rings.Return(item, part);
        }
    }

    private protected override long QueueBytes => _rings.Bytes;

    private protected override bool CountsSteals => true;

    /// <inheritdoc/>
    public override bool TryRent([MaybeNullWhen(false)] out T item) => _rings.TryRent(out item);

    /// <inheritdoc/>
    public override void Return(T item) => _rings.Return(item);
}
