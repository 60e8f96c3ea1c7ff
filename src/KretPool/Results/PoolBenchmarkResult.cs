namespace KretPool.Results;

/// <summary>
/// What one trial measured: one flat row of scalars, so that CSV, JSON, CLIXML, Excel and PowerShell remoting carry it
/// whole. A null is "not measured" or "the machine does not tell". Times are UTC.
/// </summary>
public sealed class PoolBenchmarkResult
{
    /// <summary>The sweep that the trial belongs to.</summary>
    public Guid RunId { get; set; }

    /// <summary>When the block of the trial started, UTC, in whole seconds.</summary>
    public DateTime StartedUtc { get; set; }

    /// <summary>The machine's name.</summary>
    public string HostName { get; set; } = "";

    /// <summary>The kind of pool.</summary>
    public string Kind { get; set; } = "";

    /// <summary>What each thread did between rent and return.</summary>
    public string Workload { get; set; } = "";

    /// <summary>What ran between rent and return in the workload Probe; empty in the others.</summary>
    public string ProbedRoutine { get; set; } = "";

    /// <summary>How long an object was held in the workload Blocking, in milliseconds; null in the others.</summary>
    public double? HoldMs { get; set; }

    /// <summary>How often an interrupter rented and returned on each thread's CPU, in milliseconds; null without.</summary>
    public double? InterruptMs { get; set; }

    /// <summary>Whether the pool was closed at the end while objects were out, for which it carried a lifetime.</summary>
    public bool ClosedWhileOut { get; set; }

    /// <summary>How many threads rented and returned.</summary>
    public int ThreadCount { get; set; }

    /// <summary>How many objects the pool was made with.</summary>
    public int Capacity { get; set; }

    /// <summary>Bytes of each object; 0 for objects without a payload.</summary>
    public int ObjectSize { get; set; }

    /// <summary>How many objects were rented in a row before they were returned.</summary>
    public int BulkSize { get; set; }

    /// <summary>How threads were laid over CPUs.</summary>
    public string Placement { get; set; } = "";

    /// <summary>Where the memory of the objects was asked to come from.</summary>
    public string MemoryPolicy { get; set; } = "";

    /// <summary>CPUs asked for, as a CPU list; empty if threads were not pinned.</summary>
    public string Cpus { get; set; } = "";

    /// <summary>CPUs that the threads really were bound to, read back from the system, as a CPU list.</summary>
    public string EffectiveCpus { get; set; } = "";

    /// <summary>NUMA nodes of those CPUs, as a list; empty without NUMA.</summary>
    public string Nodes { get; set; } = "";

    /// <summary>How many iterations were measured.</summary>
    public int IterationCount { get; set; }

    /// <summary>How long an iteration was meant to last, in milliseconds.</summary>
    public double IterationMs { get; set; }

    /// <summary>Operations (a rent and its return) per second of all threads together; the median of the iterations.</summary>
    public double OpsPerSec { get; set; }

    /// <summary>Lower end of the 95 % interval of <see cref="OpsPerSec"/>; null with too few iterations.</summary>
    public double? OpsPerSecLow { get; set; }

    /// <summary>Upper end of the 95 % interval of <see cref="OpsPerSec"/>; null with too few iterations.</summary>
    public double? OpsPerSecHigh { get; set; }

    /// <summary>Nanoseconds that an operation took, seen by one thread.</summary>
    public double NsPerOp { get; set; }

    /// <summary>Nanoseconds that the same loop took without a pool, in its fastest iteration. Never subtracted.</summary>
    public double? EmptyLoopNs { get; set; }

    /// <summary>Rents that got an object.</summary>
    public long Hits { get; set; }

    /// <summary>Rents that found none.</summary>
    public long Misses { get; set; }

    /// <summary>Misses divided by all rents, from 0 to 1.</summary>
    public double MissRate { get; set; }

    /// <summary>Share of the rents that got an object living on another node, from 0 to 1; null if unknown.</summary>
    public double? RemoteRentRate { get; set; }

    /// <summary>Jain's index over the operations of the threads: 1 when all did as many, 1/n when one did all.</summary>
    public double Fairness { get; set; }

    /// <summary>Median latency of an operation in nanoseconds; null if latency was not asked for.</summary>
    public double? P50Ns { get; set; }

    /// <summary>90th percentile of the latency in nanoseconds; null if latency was not asked for.</summary>
    public double? P90Ns { get; set; }

    /// <summary>99th percentile of the latency in nanoseconds; null if latency was not asked for.</summary>
    public double? P99Ns { get; set; }

    /// <summary>99.9th percentile of the latency in nanoseconds; null if latency was not asked for.</summary>
    public double? P999Ns { get; set; }

    /// <summary>The longest latency in nanoseconds; null if latency was not asked for.</summary>
    public double? MaxNs { get; set; }

    /// <summary>
    /// What reading the clock cost, in nanoseconds: about as much too long is each latency, and in the workloads that rent a
    /// row, the share of one object of it. Null if latency was not asked for.
    /// </summary>
    public double? ClockCostNs { get; set; }

    /// <summary>Smallest step of the clock that latencies were measured with, in nanoseconds; null if not asked for.</summary>
    public double? ClockResolutionNs { get; set; }

    /// <summary>Bytes allocated on the managed heap while the iterations ran.</summary>
    public long AllocatedBytes { get; set; }

    /// <summary>Garbage collections while the iterations ran.</summary>
    public int Gen0Collections { get; set; }

    /// <summary>Bytes that the pool itself used, without its objects; null if the kind does not tell.</summary>
    public long? PoolBytes { get; set; }

    /// <summary>Operations per second of every iteration, in order, with <c>;</c> between.</summary>
    public string SamplesOpsPerSec { get; set; } = "";

    /// <summary>Processor model.</summary>
    public string CpuModel { get; set; } = "";

    /// <summary>Digest of the machine's topology.</summary>
    public string TopologyDigest { get; set; } = "";

    /// <summary>Operating system kernel and its version.</summary>
    public string Kernel { get; set; } = "";

    /// <summary>.NET runtime and its version.</summary>
    public string Runtime { get; set; } = "";

    /// <summary>Garbage collector mode: Workstation or Server, Concurrent or not.</summary>
    public string GcMode { get; set; } = "";

    /// <summary>CPU frequency governor; empty if the machine does not tell.</summary>
    public string Governor { get; set; } = "";

    /// <summary>Whether cores run several threads at once; null if the machine does not tell.</summary>
    public bool? SmtActive { get; set; }

    /// <summary>Hypervisor or container that the process runs in; empty if none was found.</summary>
    public string Virtualization { get; set; } = "";

    /// <summary>CPUs' worth of time that a cgroup allowed; null without a quota.</summary>
    public double? CpuQuota { get; set; }

    /// <summary>Runnable threads on the machine just before the block, the one-minute average; null if unknown.</summary>
    public double? LoadAverage { get; set; }

    /// <summary>Version of KretPool.</summary>
    public string ModuleVersion { get; set; } = "";

    /// <summary>What makes the number doubtful, with <c>; </c> between; empty if nothing was found.</summary>
    public string Warnings { get; set; } = "";
}
