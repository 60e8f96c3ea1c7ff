using System.Diagnostics.CodeAnalysis;

namespace KretPool.Pools.Lineage;

/// <summary>
/// One array of slots for all threads, searched from the thread's CPU times a stride that keeps CPUs on different cache
/// lines.
/// </summary>
/// <remarks>
/// <para>Source: the published description; the search is <see cref="SearchedArray{T, TOrder}"/>.</para>
/// <para>Good at: memory, one slot for each object; two interlocked operations for a rent and its return; and CPUs that rent
/// a few objects at a time stay on their own lines. Bad at: a stride of one line is all the room that a CPU has before it
/// searches its neighbour's; and the search gets long where many objects are out.</para>
/// <para>In user space a thread may return on another CPU than it rented on. It then searches for the slot that it left
/// empty, or takes one that another CPU left, and the CPUs' objects drift into each other's lines.</para>
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
[PoolKind(
    "StridedArray",
    PublishedAs = "sa",
    Family = PoolFamily.Lineage,
    Progress = PoolProgress.LockFree,
    AbaAvoidance = "a slot is its whole state",
    BytesPerObject = 8,
    BytesPerCpu = 136,
    Description = "One array of slots, searched from a cache line of the CPU's own.")]
public sealed class StridedArrayPool<T> : LineagePool<T>
{
    private const int Stride = Padding.SlotsPerLine;

    private readonly SearchedArray<T, PackedOrder> _slots;

    /// <summary>Makes a pool of the given objects.</summary>
    /// <param name="options">What the pool is built from.</param>
    public StridedArrayPool(PoolOptions<T> options)
        : base(options) => _slots = new SearchedArray<T, PackedOrder>(options.Objects.Span, options.Capacity);

    private protected override long QueueBytes => _slots.Bytes;

    /// <inheritdoc/>
    public override bool TryRent([MaybeNullWhen(false)] out T item)
    {
        int part = Parts.Current;
        int place = part * Stride;
        return _slots.TryTake(ref place, out item) || Counters.CountMiss(part);
    }

    /// <inheritdoc/>
    public override void Return(T item)
    {
        int place = Parts.Current * Stride;
        _slots.Put(ref place, item);
    }

    /// <inheritdoc/>
    public override int Rent(Span<T> items)
    {
        int part = Parts.Current;
        int place = part * Stride;
        int count = _slots.Take(ref place, items);
        CountMissIf(count < items.Length, part);
        return count;
    }

    /// <inheritdoc/>
    public override void Return(ReadOnlySpan<T> items)
    {
        int place = Parts.Current * Stride;
        _slots.Put(ref place, items);
    }
}
