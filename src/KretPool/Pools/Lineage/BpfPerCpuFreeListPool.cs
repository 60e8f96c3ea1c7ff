using System.Diagnostics.CodeAnalysis;

namespace KretPool.Pools.Lineage;

/// <summary>
/// A list for each CPU behind a spinlock, and an extra list for when every lock is taken.
/// </summary>
/// <remarks>
/// <para>Source: the published description of the free list that the kernel's BPF maps use; written anew. A return tries
/// the own lock, then the next ones, and waits for nobody but at the extra list. A rent takes from the own list, then the
/// next ones, then the extra one, passing by locks that are taken; only if it found nothing and passed a lock by does it
/// go round again and wait for the locks of lists that are not empty.</para>
/// <para>Good at: few interlocked operations; a lock is two steps and the list behind it plain code, so there is no ABA.
/// Bad at: a holder that loses its CPU. In the kernel that cannot happen, since it holds the lock with interrupts off. In
/// user space it can, so waiting gives up the CPU after a short spin, and so this kind is blocking.</para>
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
[PoolKind(
    "BpfPerCpuFreeList",
    PublishedAs = "pc",
    Family = PoolFamily.Lineage,
    Progress = PoolProgress.Blocking,
    AbaAvoidance = "locks",
    Order = PoolOrder.Lifo,
    BytesPerObject = 20,
    BytesPerCpu = 264,
    Description = "A LIFO list per CPU behind a spinlock, and an extra list for when every lock is taken.")]
public sealed class BpfPerCpuFreeListPool<T> : LineagePool<T>
{
    private readonly ObjectIndex<T> _objects;

    // For each object on a list the number of the next one plus one; 0 at the end.
    private readonly int[] _next;

    // One for each part, then the extra one.
    private readonly Padded<SpinLockedList>[] _lists;

    /// <summary>Makes a pool of the given objects, in equal shares.</summary>
    /// <param name="options">What the pool is built from.</param>
    public BpfPerCpuFreeListPool(PoolOptions<T> options)
        : base(options)
    {
        _objects = new ObjectIndex<T>(options.Objects.Span);
        _next = new int[options.Capacity];
        _lists = new Padded<SpinLockedList>[Parts.Count + 1];
        foreach (var (item, part) in Parts.Deal(options))
        {
            _lists[part].Value.WaitAndPush(_next, _objects.Find(item));
        }
    }

    private protected override long QueueBytes =>
        _objects.Bytes + ((long)_next.Length * sizeof(int)) + ((long)_lists.Length * Padding.FalseSharing);

    private protected override bool CountsSteals => true;

    /// <inheritdoc/>
    public override bool TryRent([MaybeNullWhen(false)] out T item)
    {
        int own = Parts.Current;
        ref SpinLockedList list = ref _lists[own].Value;
        int number = -1;
        bool passedBy = !list.IsEmpty && !list.TryPop(_next, out number);
        if (number < 0 && (number = Steal(own, passedBy)) < 0)
        {
            item = default;
            return Counters.CountMiss(own);
        }

        item = _objects[number];
        return true;
    }

    /// <inheritdoc/>
    public override void Return(T item)
    {
        int number = _objects.Find(item);
        int own = Parts.Current;
        int part = own;
        do
        {
            if (_lists[part].Value.TryPush(_next, number))
            {
                return;
            }

            part = Parts.After(part);
        }
        while (part != own);

        _lists[^1].Value.WaitAndPush(_next, number);
    }

    private int Steal(int own, bool passedBy)
    {
        int number = -1;
        for (int i = 1; i <= Parts.Count && number < 0; i++)
        {
            ref SpinLockedList list = ref ListAfter(own, i);
            passedBy |= !list.IsEmpty && !list.TryPop(_next, out number);
        }

        for (int i = 0; passedBy && i <= Parts.Count && number < 0; i++)
        {
            ref SpinLockedList list = ref ListAfter(own, i);
            number = list.IsEmpty ? -1 : list.WaitAndPop(_next);
        }

        if (number >= 0)
        {
            Counters.CountSteal(own);
        }

        return number;
    }

    // Round all parts from the own one, and then the extra list.
    private ref SpinLockedList ListAfter(int own, int distance) =>
        ref _lists[distance == Parts.Count ? Parts.Count : (own + distance) % Parts.Count].Value;
}
