namespace KretPool.Topology;

/// <summary>A cache.</summary>
/// <param name="Name"><c>L1d</c>, <c>L1i</c>, <c>L2</c>, <c>L3</c>.</param>
/// <param name="Level">1 is nearest to the core.</param>
/// <param name="Type">Data, Instruction or Unified; null if the machine does not tell.</param>
/// <param name="SizeBytes">Its size in bytes; null if the machine does not tell.</param>
/// <param name="LineSize">Bytes in a line; null if the machine does not tell.</param>
/// <param name="Ways">Ways of associativity; null if the machine does not tell.</param>
/// <param name="Cpus">The online CPUs that share it, as a CPU list.</param>
public sealed record CpuCache(
    string Name, int Level, string? Type, long? SizeBytes, int? LineSize, int? Ways, string Cpus);
