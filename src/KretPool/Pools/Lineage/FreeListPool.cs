using System.Diagnostics.CodeAnalysis;

namespace KretPool.Pools.Lineage;

/// <summary>
/// One LIFO list for all threads; each node carries a reference count and a mark that it should be on the list.
/// </summary>
/// <remarks>
/// <para>Source: <see cref="ReferenceCountedLists{T}"/>, after C. Desrochers' free list, which the Linux kernel's
/// kretprobe used from version 5.11 to 6.6. It is what the published evaluation measures all others against.</para>
/// <para>Good at: one thread; the object that comes out is the one whose lines are warm. Bad at: more than one thread.
/// Every operation swaps the same head, and five interlocked operations make a rent and its return.</para>
/// <para>In user space a thread can lose its CPU while it holds a reference. A return of that very object then leaves it
/// off the list until the thread runs on and lets go: others meet a list that is shorter by one, and none waits.</para>
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
[PoolKind(
    "FreeList",
    PublishedAs = "fl",
    Family = PoolFamily.Lineage,
    Progress = PoolProgress.LockFree,
    AbaAvoidance = "reference count in each node",
    Order = PoolOrder.Lifo,
    BytesPerObject = 80,
    BytesPerCpu = 136,
    Description = "One LIFO list; every rent and return swaps its head.")]
public sealed class FreeListPool<T> : LineagePool<T>
{
    private readonly ReferenceCountedLists<T> _list;

    /// <summary>Makes a pool of the given objects; the first of them comes out first.</summary>
    /// <param name="options">What the pool is built from.</param>
    public FreeListPool(PoolOptions<T> options)
        : base(options)
    {
        _list = new ReferenceCountedLists<T>(new ObjectIndex<T>(options.Objects.Span), listCount: 1);
        for (int number = Capacity - 1; number >= 0; number--)
        {
            _list.Put(0, options.Objects.Span[number]);
        }
    }

    private protected override long QueueBytes => _list.Bytes;

    /// <inheritdoc/>
    public override bool TryRent([MaybeNullWhen(false)] out T item) =>
        _list.TryTake(0, out item) || Counters.CountMiss(Parts.Current);

    /// <inheritdoc/>
    public override void Return(T item) => _list.Put(0, item);
}
