using System.Diagnostics.CodeAnalysis;

namespace KretPool.Pools.Lineage;

/// <summary>
/// One array of slots for all threads; each CPU remembers where it last found or left an object, and searches from there.
/// </summary>
/// <remarks>
/// <para>Source: the published description; the search is <see cref="SearchedArray{T, TOrder}"/>.</para>
/// <para>Good at: bursts, since a rent goes on where the one before it stopped instead of searching what it emptied; two
/// interlocked operations for a rent and its return. Bad at: CPUs whose hints meet stay together, on the same lines.</para>
/// <para>In user space several threads can work with one CPU's hint at once, and a thread that moves writes the hint of
/// the CPU it was on. That costs a longer search and nothing else: the hint is only where a search begins, any
/// value of it is right, and so it is read and written without a fence.</para>
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
[PoolKind(
    "HintedArray",
    PublishedAs = "sah",
    Family = PoolFamily.Lineage,
    Progress = PoolProgress.LockFree,
    AbaAvoidance = "a slot is its whole state",
    BytesPerObject = 8,
    BytesPerCpu = 264,
    Description = "One array of slots, searched from where the CPU last found or left an object.")]
public sealed class HintedArrayPool<T> : LineagePool<T>
{
    private const int FirstStride = Padding.SlotsPerLine;

    private readonly SearchedArray<T, PackedOrder> _slots;
    private readonly Padded<int>[] _hints;

    /// <summary>Makes a pool of the given objects.</summary>
    /// <param name="options">What the pool is built from.</param>
    public HintedArrayPool(PoolOptions<T> options)
        : base(options)
    {
        _slots = new SearchedArray<T, PackedOrder>(options.Objects.Span, options.Capacity);
        _hints = new Padded<int>[Parts.Count];
        for (int part = 0; part < _hints.Length; part++)
        {
            _hints[part].Value = part * FirstStride;
        }
    }

    private protected override long QueueBytes => _slots.Bytes + ((long)_hints.Length * Padding.FalseSharing);

    /// <inheritdoc/>
    public override bool TryRent([MaybeNullWhen(false)] out T item)
    {
        int part = Parts.Current;
        ref int hint = ref _hints[part].Value;
        int place = hint;
        if (!_slots.TryTake(ref place, out item))
        {
            return Counters.CountMiss(part);
        }

        hint = place;
        return true;
    }

    /// <inheritdoc/>
    public override void Return(T item)
    {
        ref int hint = ref _hints[Parts.Current].Value;
        int place = hint;
        _slots.Put(ref place, item);
        hint = place;
    }

    /// <inheritdoc/>
    public override int Rent(Span<T> items)
    {
        int part = Parts.Current;
        int place = _hints[part].Value;
        int count = _slots.Take(ref place, items);
        _hints[part].Value = place;
        CountMissIf(count < items.Length, part);
        return count;
    }

    /// <inheritdoc/>
    public override void Return(ReadOnlySpan<T> items)
    {
        ref int hint = ref _hints[Parts.Current].Value;
        int place = hint;
        _slots.Put(ref place, items);
        hint = place;
    }
}
