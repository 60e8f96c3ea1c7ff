using System.Diagnostics.CodeAnalysis;

namespace KretPool.Pools.Lineage;

/// <summary>
/// One array of slots for all threads, each slot on a cache line of its own, searched from the thread's CPU times a stride.
/// </summary>
/// <remarks>
/// <para>Source: the published description; the search is <see cref="SearchedArray{T, TOrder}"/>.</para>
/// <para>Good at: two threads only disturb each other when they want the same slot; two interlocked operations for a rent
/// and its return. Bad at: memory, a line for each object, and so also the search, which loads a line for each look.</para>
/// <para>In user space a thread may return on another CPU than it rented on. It then searches for the slot that it left
/// empty, or takes one that another CPU left, and the CPUs' objects drift into each other's ranges.</para>
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
[PoolKind(
    "PaddedArray",
    PublishedAs = "saea",
    Family = PoolFamily.Lineage,
    Progress = PoolProgress.LockFree,
    AbaAvoidance = "a slot is its whole state",
    BytesPerObject = 64,
    BytesPerCpu = 136,
    Description = "One array of slots, each on a cache line of its own, searched from a place of the CPU's own.")]
public sealed class PaddedArrayPool<T> : LineagePool<T>
{
    private const int Stride = Padding.SlotsPerLine;

    private readonly SearchedArray<T, PaddedOrder> _slots;

    /// <summary>Makes a pool of the given objects.</summary>
    /// <param name="options">What the pool is built from.</param>
    public PaddedArrayPool(PoolOptions<T> options)
        : base(options) => _slots = new SearchedArray<T, PaddedOrder>(options.Objects.Span, options.Capacity);

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
