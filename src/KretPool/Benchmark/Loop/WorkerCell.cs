using System.Runtime.InteropServices;

namespace KretPool.Benchmark.Loop;

/// <summary>
/// What one thread brings back from an iteration. Cells lie in one array; the padding keeps the data of neighbours at
/// least <see cref="CacheLine.Separation"/> bytes apart wherever the array begins.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 2 * CacheLine.Separation)]
internal struct WorkerCell
{
    /// <summary>Rents and misses.</summary>
    [FieldOffset(64)]
    public RentCounts Counts;

    /// <summary>When the thread left the loop, as a <see cref="System.Diagnostics.Stopwatch"/> timestamp.</summary>
    [FieldOffset(80)]
    public long EndedAt;

    /// <summary>Bytes that the thread allocated in the loop.</summary>
    [FieldOffset(88)]
    public long AllocatedBytes;

    /// <summary>How long a fixed piece of arithmetic took just before the loop, in nanoseconds; 0 if not measured.</summary>
    [FieldOffset(96)]
    public double ClockProbeNs;
}

/// <summary>What rents came to.</summary>
internal struct RentCounts
{
    /// <summary>Rents that got an object.</summary>
    public long Hits;

    /// <summary>Rents that found none.</summary>
    public long Misses;
}
