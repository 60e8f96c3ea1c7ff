namespace KretPool.Topology;

/// <summary>
/// A machine as placement sees it: packages, dies, clusters, cores, CPUs, caches and NUMA nodes. Lists cover online
/// CPUs. What the machine does not tell is an empty list or a null, never a guess. Immutable.
/// </summary>
public sealed class CpuTopology
{
    private static readonly Lazy<CpuTopology> s_current = new(TopologyReader.ReadThisMachine);

    private string? _digest;

    /// <summary>This machine, read once when first asked for.</summary>
    public static CpuTopology Current => s_current.Value;

    /// <summary>What was read: <c>this machine</c>, or the path of a capture.</summary>
    public string Source { get; init; } = "";

    /// <summary>Processor architecture as the kernel names it: <c>x86_64</c>, <c>aarch64</c>, ...</summary>
    public string? Architecture { get; init; }

    /// <summary>Processor vendor.</summary>
    public string? Vendor { get; init; }

    /// <summary>Processor model: that of the first CPU where cores differ, see <see cref="CpuCore.ModelName"/>.</summary>
    public string? ModelName { get; init; }

    /// <summary>CPUs that are present, as a CPU list.</summary>
    public string PresentCpus { get; init; } = "";

    /// <summary>CPUs that are online, as a CPU list.</summary>
    public string OnlineCpus { get; init; } = "";

    /// <summary>CPUs that this process may run on as it is: online, in its cgroup and in its affinity; as a CPU list.</summary>
    public string AllowedCpus { get; init; } = "";

    /// <summary>CPUs kept from the scheduler with <c>isolcpus</c> or in an isolated partition of a cgroup, as a CPU
    /// list.</summary>
    public string IsolatedCpus { get; init; } = "";

    /// <summary>CPUs whose timer tick stops while one thread runs (<c>nohz_full</c>), as a CPU list.</summary>
    public string TicklessCpus { get; init; } = "";

    /// <summary>Drawers, where there are any (s390).</summary>
    public IReadOnlyList<CpuDrawer> Drawers { get; init; } = [];

    /// <summary>Books, where there are any (s390).</summary>
    public IReadOnlyList<CpuBook> Books { get; init; } = [];

    /// <summary>Packages (sockets).</summary>
    public IReadOnlyList<CpuPackage> Packages { get; init; } = [];

    /// <summary>Dies, where the machine tells them.</summary>
    public IReadOnlyList<CpuDie> Dies { get; init; } = [];

    /// <summary>Clusters of cores, where the machine tells them.</summary>
    public IReadOnlyList<CpuCluster> Clusters { get; init; } = [];

    /// <summary>Cores.</summary>
    public IReadOnlyList<CpuCore> Cores { get; init; } = [];

    /// <summary>CPUs (hardware threads) that are present, with those that cannot be used and why.</summary>
    public IReadOnlyList<LogicalCpu> Cpus { get; init; } = [];

    /// <summary>Caches.</summary>
    public IReadOnlyList<CpuCache> Caches { get; init; } = [];

    /// <summary>NUMA nodes; empty where there is no NUMA.</summary>
    public IReadOnlyList<NumaNode> Nodes { get; init; } = [];

    /// <summary>Whether SMT is switched <c>on</c> or <c>off</c>, as the kernel words it (<c>forceoff</c>,
    /// <c>notsupported</c>, ...); null if the machine does not tell.</summary>
    public string? SmtControl { get; init; }

    /// <summary>Highest frequency of any core in MHz, boost included; null if the machine does not tell.</summary>
    public double? MaxMHz { get; init; }

    /// <summary>Lowest frequency of any core in MHz; null if the machine does not tell.</summary>
    public double? MinMHz { get; init; }

    /// <summary>Highest base frequency of any core in MHz; null if the machine does not tell.</summary>
    public double? BaseMHz { get; init; }

    /// <summary>Frequency governor; several with commas between if CPUs differ; null if the machine does not tell.</summary>
    public string? Governor { get; init; }

    /// <summary>Whether cores may run above their base frequency; null if the machine does not tell.</summary>
    public bool? Boost { get; init; }

    /// <summary>Hypervisor below the machine: <c>KVM</c>, <c>VMware</c>, ...; null on bare metal and if the machine does
    /// not tell.</summary>
    public string? Hypervisor { get; init; }

    /// <summary>Container that the process runs in: <c>docker</c>, <c>kubernetes</c>, ...; null if none is seen.</summary>
    public string? Container { get; init; }

    /// <summary>The cgroup that sets the process's CPUs; null if none is seen.</summary>
    public string? CpusetCgroup { get; init; }

    /// <summary>How many CPUs' worth of time the tightest cgroup allows: <see cref="CpuQuotaMicroseconds"/> divided by
    /// <see cref="CpuQuotaPeriodMicroseconds"/>; null without a quota.</summary>
    public double? CpuQuota { get; init; }

    /// <summary>Microseconds of CPU time in a period; null without a quota.</summary>
    public long? CpuQuotaMicroseconds { get; init; }

    /// <summary>Length of a period in microseconds; null without a quota.</summary>
    public long? CpuQuotaPeriodMicroseconds { get; init; }

    /// <summary>The cgroup that sets the quota; null without a quota.</summary>
    public string? CpuQuotaCgroup { get; init; }

    /// <summary>Memory of the machine in bytes; null if it does not tell.</summary>
    public long? MemoryTotalBytes { get; init; }

    /// <summary>Huge pages set aside on the machine, by page size.</summary>
    public IReadOnlyList<HugePages> HugePages { get; init; } = [];

    /// <summary>Facts that could not be read: which file or call, and why.</summary>
    public IReadOnlyList<string> LostFacts { get; init; } = [];

    /// <summary>A stable hash of the shape, 16 hexadecimal digits: equal on two readings of the same machine, whatever
    /// its memory holds, its frequencies are, and the process is allowed.</summary>
    public string Digest => _digest ??= TopologyDigest.Of(this);
}
