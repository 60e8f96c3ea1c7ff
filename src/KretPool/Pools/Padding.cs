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
}

/// <summary>A field that shares its cache lines with nothing else, inside an array of such fields.</summary>
/// <typeparam name="TValue">A type without references.</typeparam>
[StructLayout(LayoutKind.Sequential)]
internal struct Padded<TValue>
    where TValue : unmanaged
{
    /// <summary>The field.</summary>
    public TValue Value;

    private Rest _rest;

    [InlineArray((Padding.FalseSharing / sizeof(long)) - 1)]
    private struct Rest
    {
        private long _first;
    }
}
