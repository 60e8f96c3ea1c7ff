using System.Globalization;
using System.Reflection;
using System.Runtime;
using System.Runtime.InteropServices;
using KretPool.Topology;

namespace KretPool.Benchmark.Machine;

/// <summary>The environment that results are taken in: what does not change while a sweep runs.</summary>
internal sealed record MachineFacts
{
    public required string HostName { get; init; }

    public required string CpuModel { get; init; }

    public required string TopologyDigest { get; init; }

    public required string Kernel { get; init; }

    public required string Runtime { get; init; }

    public required string GcMode { get; init; }

    public required bool? SmtActive { get; init; }

    public required string Virtualization { get; init; }

    public required double? CpuQuota { get; init; }

    public required string ModuleVersion { get; init; }

    /// <summary>Reads the facts of this machine.</summary>
    /// <param name="topology">Its topology.</param>
    /// <returns>The facts.</returns>
    public static MachineFacts Read(CpuTopology topology) => new()
    {
        HostName = Environment.MachineName,
        CpuModel = topology.ModelName ?? "",
        TopologyDigest = topology.Digest,
        Kernel = DescribeKernel(SystemFile.ReadText("/proc/sys/kernel/osrelease"), RuntimeInformation.OSDescription),
        Runtime = $"{RuntimeInformation.FrameworkDescription} {RuntimeInformation.RuntimeIdentifier}",
        GcMode = (GCSettings.IsServerGC ? "Server" : "Workstation")
            + (GCSettings.LatencyMode == GCLatencyMode.Batch ? "" : ", Concurrent"),
        SmtActive = topology.Cores.Count == 0 ? null : topology.Cores.Any(core => CpuSet.Parse(core.Cpus).Count > 1),
        Virtualization = VirtualizationReader.Read(),
        CpuQuota = topology.CpuQuota,
        ModuleVersion = typeof(MachineFacts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0],
    };

    /// <summary>The kernel's release and the system's name.</summary>
    /// <param name="linuxRelease">What Linux calls its release; null elsewhere.</param>
    /// <param name="system">What the runtime calls the system: on Linux the distribution, which does not tell the kernel, and
    /// only where that has no name the kernel.</param>
    /// <returns>For example <c>Linux 6.12.48-amd64, Debian GNU/Linux 13 (trixie)</c>.</returns>
    internal static string DescribeKernel(string? linuxRelease, string system) =>
        string.IsNullOrWhiteSpace(linuxRelease) || system.Contains(linuxRelease.Trim(), StringComparison.Ordinal)
            ? system
            : $"Linux {linuxRelease.Trim()}, {system}";

    /// <summary>The frequency governors of CPUs.</summary>
    /// <param name="cpus">The CPUs.</param>
    /// <returns>The governors, each once; empty where the machine does not tell, as most virtual machines do not.</returns>
    public static string ReadGovernor(CpuSet cpus) => string.Join(
        ", ",
        cpus.Select(cpu => SystemFile.ReadText($"/sys/devices/system/cpu/cpu{cpu}/cpufreq/scaling_governor"))
            .Where(governor => governor is not null)
            .Distinct());

    /// <summary>The number of runnable threads, averaged over the last minute.</summary>
    /// <returns>The average; null where the machine does not tell.</returns>
    public static double? ReadLoadAverage() =>
        double.TryParse(
            SystemFile.ReadText("/proc/loadavg")?.Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double load)
            ? load
            : null;
}
