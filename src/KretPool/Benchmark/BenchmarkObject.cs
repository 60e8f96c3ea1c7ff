namespace KretPool.Benchmark;

/// <summary>The object that pools are measured with.</summary>
internal sealed class BenchmarkObject(int index, byte[]? payload)
{
    /// <summary>Its place among the objects that the pool was made with, or -1 if the pool made it later.</summary>
    public int Index { get; } = index;

    /// <summary>Bytes that give the object its size; null if it has none. Held, never touched.</summary>
    public byte[]? Payload { get; } = payload;
}
