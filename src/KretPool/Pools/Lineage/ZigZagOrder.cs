using System.Numerics;
using System.Runtime.CompilerServices;

namespace KretPool.Pools.Lineage;

/// <summary>
/// Swaps the lowest bits of an index with the highest, as many as choose a slot within a cache line: places beside each
/// other in a search then differ in the bits that choose the line.
/// </summary>
internal readonly struct ZigZagOrder : ISlotOrder
{
    private readonly int _swapped;
    private readonly int _distance;

    private ZigZagOrder(int bits)
    {
        // An array of few lines has fewer bits to swap; the two groups must not overlap.
        int width = Math.Min(BitOperations.Log2(Padding.SlotsPerLine), bits / 2);
        _swapped = (1 << width) - 1;
        _distance = bits - width;
    }

    /// <summary>The order for an array.</summary>
    /// <param name="length">How many slots; rounded up to a power of two.</param>
    /// <returns>The order.</returns>
    public static ZigZagOrder For(int length) => new(BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)length)));

    /// <inheritdoc/>
    public int SlotsPerPlace => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int IndexOf(int place)
    {
        // Exclusive or of both groups with their difference swaps them (H. S. Warren, Hacker's Delight, 2-20).
        int difference = (place ^ (place >> _distance)) & _swapped;
        return place ^ difference ^ (difference << _distance);
    }
}
