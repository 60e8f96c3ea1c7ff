namespace KretPool.Topology;

/// <summary>A NUMA node. It may have memory and no CPU, CPUs and no memory, or neither.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Cpus">Its online CPUs, as a CPU list; empty for a node of memory only.</param>
/// <param name="MemoryTotalBytes">Memory on it in bytes; null if the machine does not tell.</param>
/// <param name="MemoryFreeBytes">Free memory on it in bytes; null if the machine does not tell.</param>
/// <param name="Distances">Distance to each node by its id, 10 to itself; empty if the machine does not tell. It need
/// not be the same in both directions.</param>
public sealed record NumaNode(
    int Id, string Cpus, long? MemoryTotalBytes, long? MemoryFreeBytes, IReadOnlyDictionary<int, int> Distances)
{
    /// <summary>The CPUs that reach its memory best, as a CPU list: its own; for a node without CPUs, those that the
    /// firmware names, or else those of the nodes at the shortest distance; empty if the machine tells neither.</summary>
    public string LocalCpus { get; init; } = "";

    /// <summary>Number of the memory tier, smaller is faster; null if the machine does not tell.</summary>
    public int? MemoryTier { get; init; }

    /// <summary>What the memory is: <c>CXL</c>, <c>NVM</c>, <c>GPU</c> or <c>SpecificPurpose</c>; null for ordinary
    /// memory and where the machine does not tell.</summary>
    public string? MemoryKind { get; init; }

    /// <summary>Nanoseconds that a read from the local CPUs takes, by the firmware; null if it does not tell.</summary>
    public int? ReadLatencyNs { get; init; }

    /// <summary>Nanoseconds that a write from the local CPUs takes, by the firmware; null if it does not tell.</summary>
    public int? WriteLatencyNs { get; init; }

    /// <summary>MiB a second that the local CPUs can read, by the firmware; null if it does not tell.</summary>
    public int? ReadBandwidthMiBPerSec { get; init; }

    /// <summary>MiB a second that the local CPUs can write, by the firmware; null if it does not tell.</summary>
    public int? WriteBandwidthMiBPerSec { get; init; }

    /// <summary>Huge pages set aside on the node, by page size.</summary>
    public IReadOnlyList<HugePages> HugePages { get; init; } = [];
}
