using System.Diagnostics.CodeAnalysis;

namespace KretPool.Pools.Lineage;

/// <summary>
/// One array of slots for all threads, never smaller than a cache line for each CPU; each CPU searches it from the
/// beginning of its own share.
/// </summary>
/// <remarks>
/// <para>Source: the published description; the search is <see cref="SearchedArray{T, TOrder}"/>.</para>
/// <para>Good at: CPUs start as far from each other as the array allows, so a CPU can rent its whole share before it meets
/// another; two interlocked operations for a rent and its return. Bad at: the search through a share that is rented out,
/// and a pool with few objects, which lie far apart.</para>
/// <para>In user space a thread may return on another CPU than it rented on. It then searches that CPU's share for an
/// empty slot, and if there is none the next shares.</para>
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
[PoolKind(
    "CoreStridedArray",
    PublishedAs = "saca",
    Family = PoolFamily.Lineage,
    Progress = PoolProgress.LockFree,
    AbaAvoidance = "a slot is its whole state",
    BytesPerObject = 8,
    BytesPerCpu = 136,
    Description = "One array of slots with a share for each CPU, searched from the beginning of the CPU's own.")]
public sealed class CoreStridedArrayPool<T> : LineagePool<T>
{
    private readonly SearchedArray<T, PackedOrder> _slots;
    private readonly int _share;

    /// <summary>Makes a pool of the given objects.</summary>
    /// <param name="options">What the pool is built from.</param>
    public CoreStridedArrayPool(PoolOptions<T> options)
        : base(options)
    {
        _slots = new SearchedArray<T, PackedOrder>(options.Objects.Span, Parts.Count * Padding.SlotsPerLine);
        _share = _slots.Length / Parts.Count;
    }

    private protected override long QueueBytes => _slots.Bytes;

    /// <inheritdoc/>
    public override bool TryRent([MaybeNullWhen(false)] out T item)
    {
        int part = Parts.Current;
        int place = part * _share;
        return _slots.TryTake(ref place, out item) || Counters.CountMiss(part);
    }

    /// <inheritdoc/>
    public override void Return(T item)
    {
        int place = Parts.Current * _share;
        _slots.Put(ref place, item);
    }

    /// <inheritdoc/>
    public override int Rent(Span<T> items)
    {
        int part = Parts.Current;
        int place = part * _share;
        int count = _slots.Take(ref place, items);
        CountMissIf(count < items.Length, part);
        return count;
    }

    /// <inheritdoc/>
    public override void Return(ReadOnlySpan<T> items)
    {
        int place = Parts.Current * _share;
        _slots.Put(ref place, items);
    }
}
