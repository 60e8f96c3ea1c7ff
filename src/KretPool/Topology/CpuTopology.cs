namespace KretPool.Topology;

/// <summary>
/// A machine as placement sees it: packages, dies, clusters, cores, CPUs, caches and NUMA nodes. Lists cover online
/// CPUs. What the machine does not tell is an empty list or a null, never a guess.
/// </summary>
public sealed class CpuTopology
{
    private static readonly Lazy<CpuTopology> s_current = new(() => TopologyReader.ReadThisMachine());

    /// <summary>This machine, read once when first asked for.</summary>
    public static CpuTopology Current => s_current.Value;

    /// <summary>Processor architecture as the kernel names it: <c>x86_64</c>, <c>aarch64</c>, ...</summary>
    public string? Architecture { get; init; }

    /// <summary>Processor vendor.</summary>
    public string? Vendor { get; init; }

    /// <summary>Processor model.</summary>
    public string? ModelName { get; init; }

    /// <summary>CPUs that are present, as a CPU list.</summary>
    public string PresentCpus { get; init; } = "";

    /// <summary>CPUs that are online, as a CPU list.</summary>
    public string OnlineCpus { get; init; } = "";

    /// <summary>CPUs that this process may run on, as a CPU list.</summary>
    public string AllowedCpus { get; init; } = "";

    /// <summary>CPUs kept from the scheduler with <c>isolcpus</c>, as a CPU list.</summary>
    public string IsolatedCpus { get; init; } = "";

    /// <summary>Packages (sockets).</summary>
    public IReadOnlyList<CpuPackage> Packages { get; init; } = [];

    /// <summary>Dies, where the machine tells them.</summary>
    public IReadOnlyList<CpuDie> Dies { get; init; } = [];

    /// <summary>Clusters of cores, where the machine tells them.</summary>
    public IReadOnlyList<CpuCluster> Clusters { get; init; } = [];

    /// <summary>Cores.</summary>
    public IReadOnlyList<CpuCore> Cores { get; init; } = [];

    /// <summary>CPUs (hardware threads), with those that cannot be used.</summary>
    public IReadOnlyList<LogicalCpu> Cpus { get; init; } = [];

    /// <summary>Caches.</summary>
    public IReadOnlyList<CpuCache> Caches { get; init; } = [];

    /// <summary>NUMA nodes; empty where there is no NUMA.</summary>
    public IReadOnlyList<NumaNode> Nodes { get; init; } = [];

    /// <summary>How many CPUs' worth of time a cgroup allows; null without a quota.</summary>
    public double? CpuQuota { get; init; }

    /// <summary>A stable hash of the shape: equal on two readings of the same machine.</summary>
    public string Digest { get; init; } = "";
}

/// <summary>A package (socket).</summary>
/// <param name="Id">The id the kernel gives it.</param>
/// <param name="Cpus">Its online CPUs, as a CPU list.</param>
public sealed record CpuPackage(int Id, string Cpus);

/// <summary>A die.</summary>
/// <param name="Id">The id the kernel gives it.</param>
/// <param name="PackageId">The package it is on.</param>
/// <param name="Cpus">Its online CPUs, as a CPU list.</param>
public sealed record CpuDie(int Id, int PackageId, string Cpus);

/// <summary>A cluster of cores.</summary>
/// <param name="Id">The id the kernel gives it.</param>
/// <param name="PackageId">The package it is on.</param>
/// <param name="Cpus">Its online CPUs, as a CPU list.</param>
public sealed record CpuCluster(int Id, int PackageId, string Cpus);

/// <summary>A core.</summary>
/// <param name="Id">The id the kernel gives it, unique within its package and die.</param>
/// <param name="PackageId">The package it is on.</param>
/// <param name="Kind">Performance or Efficient where the machine has both, else Unknown.</param>
/// <param name="Cpus">Its online CPUs, as a CPU list.</param>
public sealed record CpuCore(int Id, int PackageId, CpuCoreKind Kind, string Cpus);

/// <summary>What a core is made for.</summary>
public enum CpuCoreKind
{
    /// <summary>The machine does not tell, or has one kind only.</summary>
    Unknown,

    /// <summary>Made for speed.</summary>
    Performance,

    /// <summary>Made for low power.</summary>
    Efficient,
}

/// <summary>A CPU (hardware thread).</summary>
/// <param name="Id">Its id.</param>
/// <param name="CoreId">The core it is on; null if the machine does not tell.</param>
/// <param name="PackageId">The package it is on; null if the machine does not tell.</param>
/// <param name="DieId">The die it is on; null if the machine does not tell.</param>
/// <param name="NodeId">The NUMA node it belongs to; null without NUMA.</param>
/// <param name="State">Whether it can be used.</param>
/// <param name="Reason">Why not, in words; null if it can.</param>
public sealed record LogicalCpu(
    int Id, int? CoreId, int? PackageId, int? DieId, int? NodeId, CpuState State, string? Reason);

/// <summary>Whether a CPU can be used, and if not, what stands in the way.</summary>
public enum CpuState
{
    /// <summary>It can be used.</summary>
    Usable,

    /// <summary>It is offline.</summary>
    Offline,

    /// <summary>A cgroup hides it.</summary>
    HiddenByCgroup,

    /// <summary>It is outside the process's affinity.</summary>
    OutsideAffinity,
}

/// <summary>A cache.</summary>
/// <param name="Name"><c>L1d</c>, <c>L1i</c>, <c>L2</c>, <c>L3</c>.</param>
/// <param name="Level">1 is nearest to the core.</param>
/// <param name="Type">Data, Instruction or Unified.</param>
/// <param name="SizeBytes">Its size; null if the machine does not tell.</param>
/// <param name="LineSize">Bytes in a line; null if the machine does not tell.</param>
/// <param name="Ways">Ways of associativity; null if the machine does not tell.</param>
/// <param name="Cpus">The online CPUs that share it, as a CPU list.</param>
public sealed record CpuCache(
    string Name, int Level, string Type, long? SizeBytes, int? LineSize, int? Ways, string Cpus);

/// <summary>A NUMA node.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Cpus">Its online CPUs, as a CPU list; empty for a node of memory only.</param>
/// <param name="MemoryTotalBytes">Memory on it; null if the machine does not tell.</param>
/// <param name="MemoryFreeBytes">Free memory on it; null if the machine does not tell.</param>
/// <param name="Distances">Distance to each node by its id, 10 to itself; empty if the machine does not tell.</param>
public sealed record NumaNode(
    int Id, string Cpus, long? MemoryTotalBytes, long? MemoryFreeBytes, IReadOnlyDictionary<int, int> Distances);
