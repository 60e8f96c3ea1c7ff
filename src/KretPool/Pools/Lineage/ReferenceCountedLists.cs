using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KretPool.Pools.Lineage;

/// <summary>
/// Lock-free LIFO lists over one set of nodes; an object is on at most one of them.
/// </summary>
/// <remarks>
/// <para>A stack that pushes and pops by compare-and-swap on its head is R. K. Treiber's (Systems Programming: Coping
/// with Parallelism, IBM RJ 5118, 1986). Its weakness is ABA: a pop reads the head and its successor, loses its CPU, and
/// finds the same head again although the successor has been taken meanwhile; its swap succeeds and puts a rented object
/// at the head. The cure here is Cameron Desrochers' (moodycamel.com, "Solving the ABA Problem for Lock-Free Free Lists",
/// 2014): a pop holds a reference to the head while it looks at the successor, and a node goes back on a list only when
/// nobody holds a reference. Who returns a node that is still referenced marks it instead as one that should be on a
/// list, and the last one to let go of it puts it there. So while a pop holds a reference, the head and its successor
/// cannot have been replaced unnoticed.</para>
/// <para>Several lists may share the nodes. A reference to a node that has moved to another list is harmless: the swap
/// is on the head of the first list, where the node is no longer, and cannot come back to as long as it is held.</para>
/// <para>Memory order: nodes are reached only through the head, and the write of <c>Next</c> comes before the full fence
/// of the swap that makes the node the head, so whoever reads the node from the head reads that <c>Next</c>.</para>
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
internal sealed class ReferenceCountedLists<T>
{
    private const uint ShouldBeOnList = 0x8000_0000;
    private const uint CountMask = ShouldBeOnList - 1;

    private readonly ObjectIndex<T> _objects;
    private readonly Node[] _nodes;

    // The number of the first object plus one; 0 for an empty list.
    private readonly Padded<int>[] _heads;

    /// <summary>Makes empty lists.</summary>
    /// <param name="objects">The objects that can be on them.</param>
    /// <param name="listCount">How many lists.</param>
    public ReferenceCountedLists(ObjectIndex<T> objects, int listCount)
    {
        _objects = objects;
        _nodes = new Node[objects.Count];
        _heads = new Padded<int>[listCount];
    }

    /// <summary>Bytes that the lists use, the index of the objects included.</summary>
    public long Bytes =>
        _objects.Bytes + ((long)_nodes.Length * Unsafe.SizeOf<Node>()) + ((long)_heads.Length * Padding.FalseSharing);

    /// <summary>Takes the object that was put on a list last.</summary>
    /// <param name="list">The list.</param>
    /// <param name="item">The object.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTake(int list, [MaybeNullWhen(false)] out T item)
    {
        ref int head = ref _heads[list].Value;
        int first = Volatile.Read(ref head);
        while (first != 0)
        {
            ref Node node = ref _nodes[first - 1];
            uint references = Volatile.Read(ref node.References);
            if ((references & CountMask) == 0
                || Interlocked.CompareExchange(ref node.References, references + 1, references) != references)
            {
                first = Volatile.Read(ref head);
                continue;
            }

            int next = node.Next;
            PreemptionPoint.Reach("FreeList: successor read, head not yet swapped");
            if (Interlocked.CompareExchange(ref head, next, first) == first)
            {
                // Two less: this reference and the list's own. Others may still hold theirs.
                Interlocked.Add(ref node.References, unchecked((uint)-2));
                item = _objects[first - 1];
                return true;
            }

            if (Interlocked.Decrement(ref node.References) == ShouldBeOnList)
            {
                PutUnreferenced(list, first);
            }

            first = Volatile.Read(ref head);
        }

        item = default;
        return false;
    }

    /// <summary>Puts an object that is on no list at the front of one.</summary>
    /// <param name="list">The list.</param>
    /// <param name="item">The object.</param>
    public void Put(int list, T item)
    {
        int number = _objects.Find(item);
        if (Interlocked.Add(ref _nodes[number].References, ShouldBeOnList) == ShouldBeOnList)
        {
            PutUnreferenced(list, number + 1);
        }
    }

    // The caller owns the node: it is marked as one that should be on a list, and nobody refers to it.
    private void PutUnreferenced(int list, int numberPlusOne)
    {
        ref int head = ref _heads[list].Value;
        ref Node node = ref _nodes[numberPlusOne - 1];
        int first = Volatile.Read(ref head);
        while (true)
        {
            node.Next = first;

            // From here on a thread that still remembers the node as a head can take a reference. The write releases
            // Next to it; that thread's swap of the head then fails or finds this very Next in place.
            Volatile.Write(ref node.References, 1);
            PreemptionPoint.Reach("FreeList: node ready, head not yet swapped");
            int seen = Interlocked.CompareExchange(ref head, numberPlusOne, first);
            if (seen == first)
            {
                return;
            }

            // The list's own reference becomes the mark again. With no other reference left the node is still ours.
            if (Interlocked.Add(ref node.References, ShouldBeOnList - 1) != ShouldBeOnList)
            {
                return;
            }

            first = seen;
        }
    }

    // A line to itself, as if it were in the object: two threads that hold two objects share none.
    [StructLayout(LayoutKind.Sequential, Size = Padding.CacheLine)]
    private struct Node
    {
        public uint References;
        public int Next;
    }
}
