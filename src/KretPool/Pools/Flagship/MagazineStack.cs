using System.Diagnostics.CodeAnalysis;

namespace KretPool.Pools.Flagship;

/// <summary>A lock-free stack of magazines that belong to no thread.</summary>
/// <remarks>
/// Treiber's stack ("Systems Programming: Coping with Parallelism", IBM RJ 5118, 1986), linked by index. The head holds
/// the index of the first magazine in its low half and a tag in its high half; every change counts the tag up, so a
/// thread that was stopped between reading the head and swapping it cannot succeed on a head that only looks the same,
/// short of 2^32 changes in between.
/// </remarks>
internal sealed class MagazineStack
{
    private const long IndexMask = 0xFFFF_FFFF;

    // Away from the next stack's head: different processors' threads swap them.
    private Padded<long> _head;

    /// <summary>Puts a magazine on top. Afterwards it belongs to whoever takes it.</summary>
    /// <typeparam name="T">The type of the objects in it.</typeparam>
    /// <param name="magazine">A magazine that the caller owns, and no longer touches.</param>
    public void Push<T>(Magazine<T> magazine)
    {
        long head = Volatile.Read(ref _head.Value);
        while (true)
        {
            magazine.Next = (int)(head & IndexMask);
            PreemptionPoint.Reach("magazine stack: pushing, head read");
            long seen = Interlocked.CompareExchange(ref _head.Value, Successor(head, magazine.Index + 1), head);
            if (seen == head)
            {
                return;
            }

            head = seen;
        }
    }

    /// <summary>Takes the magazine on top. Afterwards the caller owns it.</summary>
    /// <typeparam name="T">The type of the objects in it.</typeparam>
    /// <param name="magazines">
    /// Where the pool's list of magazines is. By reference, because only a list that is read after the head is sure to
    /// have the magazine that the head names; in an older one its place may hold a magazine that has been dropped.
    /// </param>
    /// <param name="magazine">The magazine.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryPop<T>(ref Magazine<T>?[] magazines, [NotNullWhen(true)] out Magazine<T>? magazine)
    {
        long head = Volatile.Read(ref _head.Value);
        while ((head & IndexMask) != 0)
        {
            int index = (int)(head & IndexMask) - 1;
            PreemptionPoint.Reach("magazine stack: popping, head read");

            // Another thread may have taken it meanwhile, and even dropped it or have put it elsewhere: then it is null or
            // its link is junk, but then the tag has changed too and the swap fails.
            magazine = Volatile.Read(ref Volatile.Read(ref magazines)[index]);
            int next = magazine is null ? 0 : Volatile.Read(ref magazine.Next);
            PreemptionPoint.Reach("magazine stack: popping, link read");
            long seen = Interlocked.CompareExchange(ref _head.Value, Successor(head, next), head);
            if (seen == head)
            {
                return magazine is not null;
            }

            head = seen;
        }

        magazine = null;
        return false;
    }

    private static long Successor(long head, int link) => ((head & ~IndexMask) + (IndexMask + 1)) | (uint)link;
}
