using System.Diagnostics.CodeAnalysis;

namespace KretPool.Pools.Lineage;

/// <summary>A ring for each CPU. Returns and rents begin with the ring of the thread's CPU and go on with the next.</summary>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
internal readonly struct RingParts<T>
{
    private readonly SequencedRing<T>[] _rings;
    private readonly CpuParts _parts;
    private readonly SlowPathCounters _counters;

    /// <summary>Makes empty rings.</summary>
    /// <param name="parts">The CPUs.</param>
    /// <param name="counters">Counts misses and steals.</param>
    /// <param name="room">How many objects each ring can hold; all together at least as many as there are.</param>
    /// <param name="firstPosition">The position that the first object of each ring gets.</param>
    public RingParts(CpuParts parts, SlowPathCounters counters, int room, long firstPosition)
    {
        _parts = parts;
        _counters = counters;
        _rings = new SequencedRing<T>[parts.Count];
        for (int part = 0; part < _rings.Length; part++)
        {
            _rings[part] = new SequencedRing<T>(room, firstPosition);
        }
    }

    /// <summary>Bytes that the rings use.</summary>
    public long Bytes => _rings.Sum(ring => ring.Bytes + nint.Size);

    /// <summary>Takes an object from the first ring that has one.</summary>
    /// <param name="item">The object.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryRent([MaybeNullWhen(false)] out T item)
    {
        int own = _parts.Current;
        return _rings[own].TryPop(out item) || TrySteal(own, out item);
    }

    /// <summary>Puts an object into the first ring that has room.</summary>
    /// <param name="item">The object.</param>
    public void Return(T item) => Return(item, _parts.Current);

    /// <summary>Puts an object into the first ring that has room.</summary>
    /// <param name="item">The object.</param>
    /// <param name="part">The ring to begin with.</param>
    public void Return(T item, int part)
    {
        // All rings together have room for all objects, and this one is in none of them: a full round without room means
        // that other threads filled and emptied rings meanwhile.
        while (!_rings[part].TryPush(item))
        {
            part = _parts.After(part);
        }
    }

    /// <summary>Puts an object into a ring that has room for all.</summary>
    /// <param name="item">The object.</param>
    public void ReturnToOwn(T item) => _rings[_parts.Current].Push(item);

    private bool TrySteal(int own, [MaybeNullWhen(false)] out T item)
    {
        for (int part = _parts.After(own); part != own; part = _parts.After(part))
        {
            if (_rings[part].TryPop(out item))
            {
                return _counters.CountSteal(own);
            }
        }

        item = default;
        return _counters.CountMiss(own);
    }
}
