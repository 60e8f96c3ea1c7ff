using System.Runtime.CompilerServices;
using KretPool.Benchmark.Holds;

namespace KretPool.Benchmark.Loop;

/// <summary>Where a thread keeps the row of objects that it holds.</summary>
internal static class RowBuffer
{
    /// <summary>Entries before and after a row that keep it away from the row of another thread.</summary>
    public static int Margin<T>() => CacheLine.Separation / Unsafe.SizeOf<T>();

    /// <summary>Allocates a row with its margins.</summary>
    public static T[] Allocate<T>(int length) => new T[length + (2 * Margin<T>())];

    /// <summary>Turns between two looks at the stop flag, so that about as many rents lie between as without rows.</summary>
    public static int TurnsPerCheck(int length) => Math.Max(1, default(NoHold).TurnsPerCheck / length);
}
