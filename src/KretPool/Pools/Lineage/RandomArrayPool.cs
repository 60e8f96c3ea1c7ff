using System.Diagnostics.CodeAnalysis;

namespace KretPool.Pools.Lineage;

/// <summary>
/// One array of slots for all threads, each slot on a cache line of its own, searched from a random place.
/// </summary>
/// <remarks>
/// <para>Source: the published description; the search is <see cref="SearchedArray{T, TOrder}"/>. There are two
/// slots for each object, so that neither a rent from a full pool nor a return to it has long to search.</para>
/// <para>Good at: no CPU, node or thread is anything special; threads seldom meet, and moving between CPUs changes
/// nothing. Two interlocked operations for a rent and its return. Bad at: caches and memory, because every operation goes
/// to another line of an array of 128 bytes an object.</para>
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
[PoolKind(
    "RandomArray",
    PublishedAs = "ra",
    Family = PoolFamily.Lineage,
    Progress = PoolProgress.LockFree,
    AbaAvoidance = "a slot is its whole state",
    BytesPerObject = 128,
    BytesPerCpu = 136,
    Description = "One array of slots, each on a cache line of its own, searched from a random place.")]
public sealed class RandomArrayPool<T> : LineagePool<T>
{
    private readonly SearchedArray<T, PaddedOrder> _slots;

    /// <summary>Makes a pool of the given objects.</summary>
    /// <param name="options">What the pool is built from.</param>
    public RandomArrayPool(PoolOptions<T> options)
        : base(options) => _slots = new SearchedArray<T, PaddedOrder>(options.Objects.Span, 2 * options.Capacity);

    private protected override long QueueBytes => _slots.Bytes;

    /// <inheritdoc/>
    public override bool TryRent([MaybeNullWhen(false)] out T item)
    {
        int place = Random.Shared.Next();
        return _slots.TryTake(ref place, out item) || Counters.CountMiss(Parts.Current);
    }

    /// <inheritdoc/>
    public override void Return(T item)
    {
        int place = Random.Shared.Next();
        _slots.Put(ref place, item);
    }

    /// <inheritdoc/>
    public override int Rent(Span<T> items)
    {
        int place = Random.Shared.Next();
        int count = _slots.Take(ref place, items);
        CountMissIf(count < items.Length, Parts.Current);
        return count;
    }

    /// <inheritdoc/>
    public override void Return(ReadOnlySpan<T> items)
    {
        int place = Random.Shared.Next();
        _slots.Put(ref place, items);
    }
}
