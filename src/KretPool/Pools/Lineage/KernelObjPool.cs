using System.Diagnostics.CodeAnalysis;

namespace KretPool.Pools.Lineage;

/// <summary>
/// The object pool of Linux 6.7: a ring for each CPU, each with room for every object. A return goes to the ring of
/// the thread's CPU, a rent takes from it and then from the next ones.
/// </summary>
/// <remarks>
/// <para>Source: the published description of the object pool that Linux has since 6.7; written anew. In the kernel a
/// return cannot be interrupted by another thread of its CPU, so a second tail, <c>last</c>, tells how far the ring can
/// be read. A program's thread can lose its CPU between taking a position and writing to it; another one's <c>last</c>
/// would then publish what is not written yet, or wait. Here each entry has its own sequence instead
/// (<see cref="SequencedRing{T}"/>), and a thread that moves to another CPU in the middle only works on a ring that is no
/// longer its own.</para>
/// <para>Good at: threads that rent and return on their CPU share nothing; a return takes a bounded number of steps,
/// because no ring can be full. Bad at: memory, 16 bytes for each object on each CPU; a pool with few objects, where a rent
/// visits every CPU's ring.</para>
/// <para>Promise: with no operation in progress a rent finds every free object. While a return is stopped after it took
/// its position, the objects behind it in the same ring are out of reach, and a rent can miss.</para>
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
[PoolKind(
    "KernelObjPool",
    PublishedAs = "Linux 6.7",
    Family = PoolFamily.Lineage,
    Progress = PoolProgress.LockFree,
    AbaAvoidance = "64-bit sequence beside each entry",
    NumaAware = true,
    Order = PoolOrder.Fifo,
    BytesPerCpu = 656,
    BytesPerObjectPerCpu = 16,
    Description = "A ring per CPU, each with room for all objects; rents look at their own CPU's first, then at the next.")]
public sealed class KernelObjPool<T> : LineagePool<T>
{
    private readonly RingParts<T> _rings;

    /// <summary>Makes a pool of the given objects, each in the ring of a CPU on the node that holds it.</summary>
    /// <param name="options">What the pool is built from.</param>
    public KernelObjPool(PoolOptions<T> options)
        : this(options, firstPosition: 0)
    {
    }

    internal KernelObjPool(PoolOptions<T> options, long firstPosition)
        : base(options)
    {
        _rings = new RingParts<T>(Parts, Counters, options.Capacity, firstPosition);
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
    public override void Return(T item) => _rings.ReturnToOwn(item);
}
