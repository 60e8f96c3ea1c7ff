using System.Diagnostics.CodeAnalysis;

namespace KretPool.Pools.Lineage;

/// <summary>
/// One array of slots for all threads, without padding; the bits of an index are swapped so that places beside each other
/// in the search, and so neighbouring CPUs, are on different cache lines.
/// </summary>
/// <remarks>
/// <para>Source: the published description; the search is <see cref="SearchedArray{T, TOrder}"/> over
/// <see cref="ZigZagOrder"/>.</para>
/// <para>Good at: distance between CPUs without the memory that padding costs; two interlocked operations for a rent and
/// its return. Bad at: bursts, since the second object of a CPU is the first one of its neighbour, and a search loads
/// a line for each look.</para>
/// <para>In user space a thread may return on another CPU than it rented on; that costs a search, as in the other arrays.
/// </para>
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
[PoolKind(
    "ZigZagArray",
    PublishedAs = "zz",
    Family = PoolFamily.Lineage,
    Progress = PoolProgress.LockFree,
    AbaAvoidance = "a slot is its whole state",
    BytesPerObject = 8,
    BytesPerCpu = 136,
    Description = "One array of slots with swapped index bits, so that neighbouring CPUs are on different cache lines.")]
public sealed class ZigZagArrayPool<T> : LineagePool<T>
{
    private readonly SearchedArray<T, ZigZagOrder> _slots;

    /// <summary>Makes a pool of the given objects.</summary>
    /// <param name="options">What the pool is built from.</param>
    public ZigZagArrayPool(PoolOptions<T> options)
        : base(options) =>
        _slots = new SearchedArray<T, ZigZagOrder>(options.Objects.Span, options.Capacity, ZigZagOrder.For(options.Capacity));

    private protected override long QueueBytes => _slots.Bytes;

    /// <inheritdoc/>
    public override bool TryRent([MaybeNullWhen(false)] out T item)
    {
        int part = Parts.Current;
        int place = part;
        return _slots.TryTake(ref place, out item) || Counters.CountMiss(part);
    }

    /// <inheritdoc/>
    public override void Return(T item)
    {
        int place = Parts.Current;
        _slots.Put(ref place, item);
    }

    /// <inheritdoc/>
    public override int Rent(Span<T> items)
    {
        int part = Parts.Current;
        int place = part;
        int count = _slots.Take(ref place, items);
        CountMissIf(count < items.Length, part);
        return count;
    }

    /// <inheritdoc/>
    public override void Return(ReadOnlySpan<T> items)
    {
        int place = Parts.Current;
        _slots.Put(ref place, items);
    }
}
