namespace KretPool.Benchmark.Loop;

/// <summary>How far apart data of two threads has to be.</summary>
internal static class CacheLine
{
    /// <summary>
    /// Bytes between data that must not share a cache line: two lines of 64, because x86 fetches lines in pairs, and one
    /// line of the processors that have lines of 128.
    /// </summary>
    public const int Separation = 128;
}
