using System.Diagnostics.CodeAnalysis;

namespace KretPool.Pools.Lineage;

/// <summary>
/// A list for each CPU, each like <see cref="FreeListPool{T}"/>: returns go to the own one, rents look there first and
/// then in the next ones.
/// </summary>
/// <remarks>
/// <para>Source: <see cref="ReferenceCountedLists{T}"/>, once for each CPU.</para>
/// <para>Good at: threads that rent and return on their CPU swap heads that nobody else swaps. Bad at: objects that wander,
/// since all end up in the list of the CPU that returns them and are stolen back one by one; a miss visits every list.
/// It still takes five interlocked operations for a rent and its return.</para>
/// <para>In user space a thread can move between CPUs in the middle of an operation, so that a list is never one CPU's
/// alone; the reference counts hold for any number of threads and lists. A node whose last reference is let go by a thread
/// that worked on another list goes to that list.</para>
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
[PoolKind(
    "PerCpuFreeList",
    PublishedAs = "flpc",
    Family = PoolFamily.Lineage,
    Progress = PoolProgress.LockFree,
    AbaAvoidance = "reference count in each node",
    Order = PoolOrder.Lifo,
    BytesPerObject = 80,
    BytesPerCpu = 264,
    Description = "A LIFO list per CPU; rents look in their own CPU's, then in the next.")]
public sealed class PerCpuFreeListPool<T> : LineagePool<T>
{
    private readonly ReferenceCountedLists<T> _lists;

    /// <summary>Makes a pool of the given objects, in equal shares.</summary>
    /// <param name="options">What the pool is built from.</param>
    public PerCpuFreeListPool(PoolOptions<T> options)
        : base(options)
    {
        _lists = new ReferenceCountedLists<T>(new ObjectIndex<T>(options.Objects.Span), Parts.Count);
        foreach (var (item, part) in Parts.Deal(options))
        {
            _lists.Put(part, item);
        }
    }

    private protected override long QueueBytes => _lists.Bytes;

    private protected override bool CountsSteals => true;

    /// <inheritdoc/>
    public override bool TryRent([MaybeNullWhen(false)] out T item)
    {
        int own = Parts.Current;
        return _lists.TryTake(own, out item) || TrySteal(own, out item);
    }

    /// <inheritdoc/>
    public override void Return(T item) => _lists.Put(Parts.Current, item);

    private bool TrySteal(int own, [MaybeNullWhen(false)] out T item)
    {
        for (int part = Parts.After(own); part != own; part = Parts.After(part))
        {
            if (_lists.TryTake(part, out item))
            {
                return Counters.CountSteal(own);
            }
        }

        item = default;
        return Counters.CountMiss(own);
    }
}
