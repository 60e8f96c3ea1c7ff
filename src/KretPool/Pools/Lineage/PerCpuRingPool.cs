using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace KretPool.Pools.Lineage;

/// <summary>
/// A ring for each CPU with an age beside each entry that tells when it is readable. A return goes to the ring of the
/// thread's CPU, or to the next one with room; a rent takes from it, and then from the next ones.
/// </summary>
/// <remarks>
/// <para>Source: the published description; the ring is <see cref="SequencedRing{T}"/>, whose sequence is the age. Each
/// ring has room for an equal share, rounded up to a power of two.</para>
/// <para>Good at: memory that does not grow with the CPUs; threads that rent and return on their CPU share nothing; two
/// interlocked operations for a rent and its return. Bad at: objects that wander, since a CPU that returns more than its
/// share first looks for room; a miss visits every ring.</para>
/// <para>The age is what makes the ring safe in user space, where a thread can lose its CPU between taking a position and
/// writing to it: others see that the entry is not ready, and go on to the next ring. Nothing relies on a ring being one
/// CPU's alone.</para>
/// <para>Promise: with no operation in progress a rent finds every free object. While a return is stopped after it took
/// its position, the objects behind it in the same ring are out of reach, and a rent can miss.</para>
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
[PoolKind(
    "PerCpuRing",
    PublishedAs = "sapc",
    Family = PoolFamily.Lineage,
    Progress = PoolProgress.LockFree,
    AbaAvoidance = "64-bit sequence beside each entry",
    Order = PoolOrder.Fifo,
    BytesPerObject = 16,
    BytesPerCpu = 656,
    Description = "A ring per CPU with an age beside each entry that tells when it is readable.")]
public sealed class PerCpuRingPool<T> : LineagePool<T>
{
    private readonly RingParts<T> _rings;

    /// <summary>Makes a pool of the given objects, in equal shares.</summary>
    /// <param name="options">What the pool is built from.</param>
    public PerCpuRingPool(PoolOptions<T> options)
        : this(options, firstPosition: 0)
    {
    }

    internal PerCpuRingPool(PoolOptions<T> options, long firstPosition)
        : base(options)
    {
        _rings = new RingParts<T>(Parts, Counters, Room(options.Capacity), firstPosition);
        foreach (var (item, part) in Parts.Deal(options))
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

    private int Room(int capacity) =>
        (int)BitOperations.RoundUpToPowerOf2((uint)BalancedRoom.ForEach(capacity, Parts.Count, balance: 1));
}
