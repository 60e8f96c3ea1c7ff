using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KretPool.Pools;

/// <summary>Distances in memory that keep threads from disturbing each other.</summary>
internal static class Padding
{
    /// <summary>Bytes of a cache line on the processors that .NET runs on, but for Apple's, where it is twice that.</summary>
    public const int CacheLine = 64;

    /// <summary>
    /// Bytes between two fields that different CPUs write: two lines, because x86 fetches lines in pairs and Apple's
    /// processors have lines of 128 bytes.
    /// </summary>
    public const int FalseSharing = 128;

    /// <summary>Slots for one reference or address each on a cache line.</summary>
    public const int SlotsPerLine = CacheLine / sizeof(long);

    /// <summary>
    /// Unused slots at each end of an array: they keep the first slot off the line of the array's length, which every
    /// access reads, and the last one off the line of whatever lies behind.
    /// </summary>
    public const int MarginSlots = FalseSharing / sizeof(long);
}

/// <summary>
/// A field that shares its cache lines with nothing else, inside an array of such fields. There is space on both sides,
/// because an array's length, which every access reads, lies right before its first element.
/// </summary>
/// <typeparam name="TValue">A type of up to 8 bytes without references.</typeparam>
[StructLayout(LayoutKind.Sequential)]
internal struct Padded<TValue>
    where TValue : unmanaged
{
    private readonly Before _before;

    /// <summary>The field.</summary>
    public TValue Value;

    private readonly After _after;

    [InlineArray(Padding.FalseSharing / sizeof(long) / 2)]
    private struct Before
    {
        private long _first;
    }

    [InlineArray((Padding.FalseSharing / sizeof(long) / 2) - 1)]
    private struct After
    {
        private long _first;
    }
}
