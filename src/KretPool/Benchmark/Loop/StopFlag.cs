using System.Runtime.InteropServices;

namespace KretPool.Benchmark.Loop;

/// <summary>Tells threads in a timed loop to end. On cache lines of its own: reading it costs a hit in the reader's cache.</summary>
internal sealed class StopFlag
{
    private Padded _flag;

    /// <summary>Whether the threads are to end.</summary>
    public bool IsSet => Volatile.Read(ref _flag.Value);

    /// <summary>Tells the threads to end.</summary>
    public void Set() => Volatile.Write(ref _flag.Value, true);

    [StructLayout(LayoutKind.Explicit, Size = 2 * CacheLine.Separation)]
    private struct Padded
    {
        [FieldOffset(CacheLine.Separation)]
        public bool Value;
    }
}
