using System.Globalization;

namespace KretPool.Topology.MacOS;

/// <summary>Builds the topology of a Mac from sysctl. macOS tells counts, and which levels of performance there are, not
/// which CPU is where on a machine of two levels; it numbers the slower level's CPUs first (Apple silicon).</summary>
/// <remarks>sysctl names: Apple, "Determining system capabilities"; sysctl(3), hw.perflevelN.</remarks>
internal static class MacTopology
{
    /// <summary>Reads a machine.</summary>
    /// <param name="text">A sysctl of text by its name.</param>
    /// <param name="number">A sysctl of a number by its name.</param>
    public static CpuTopology Read(Func<string, string?> text, Func<string, long?> number)
    {
        int Count(string name) => number(name) is { } count and > 0 and <= CpuSet.MaxCpuId ? (int)count : 0;
        int cpus = Math.Max(Count("hw.logicalcpu"), 1);
        int packages = Math.Max(Count("hw.packages"), 1);
        var cores = Cores(cpus, Count, out var levels);
        var online = CpuSet.From(Enumerable.Range(0, cpus));
        string all = online.ToString();
        return new CpuTopology
        {
            Source = "this machine",
            Architecture = text("hw.machine"),
            Vendor = text("machdep.cpu.vendor")
                ?? (text("machdep.cpu.brand_string") is { } brand && brand.StartsWith("Apple", StringComparison.Ordinal) ? "Apple" : null),
            ModelName = text("machdep.cpu.brand_string"),
            PresentCpus = all,
            OnlineCpus = all,
            AllowedCpus = all,
            // With more than one package macOS does not tell which CPU is in which.
            Packages = packages == 1 ? [new(0, all)] : [],
            Cores = [.. cores.Select((core, id) => new CpuCore(id, packages == 1 ? 0 : null, core.Kind, core.Cpus.ToString()))],
            Cpus = [.. online.Select(cpu => new LogicalCpu(
                cpu, cores.FindIndex(core => core.Cpus.Contains(cpu)) is var core and >= 0 ? core : null,
                packages == 1 ? 0 : null, null, null, CpuState.Usable, null))],
            Caches = Caches(levels, number),
            MaxMHz = number("hw.cpufrequency_max") / 1e6,
            MinMHz = number("hw.cpufrequency_min") / 1e6,
            BaseMHz = number("hw.cpufrequency") / 1e6,
            Hypervisor = number("kern.hv_vmm_present") == 1 ? "unknown" : null,
            MemoryTotalBytes = number("hw.memsize"),
        };
    }

    /// <summary>Reads this machine.</summary>
    public static CpuTopology Read() => Read(MacCalls.Text, MacCalls.Number);

    private static List<(CpuSet Cpus, CpuCoreKind Kind)> Cores(
        int cpus, Func<string, int> count, out List<(string Prefix, CpuSet Cpus)> levels)
    {
        var cores = new List<(CpuSet, CpuCoreKind)>();
        levels = [];
        int levelCount = count("hw.nperflevels");
        if (levelCount < 2)
        {
            int perCore = PerCore(cpus, count("hw.physicalcpu"));
            levels.Add(("hw.", CpuSet.From(Enumerable.Range(0, cpus))));
            AddCores(cores, 0, cpus, perCore, CpuCoreKind.Unknown);
            return cores;
        }

        // Level 0 is the fastest and has the highest CPU numbers.
        int first = 0;
        for (int level = levelCount - 1; level >= 0; level--)
        {
            string prefix = string.Create(CultureInfo.InvariantCulture, $"hw.perflevel{level}.");
            int own = Math.Min(count(prefix + "logicalcpu"), cpus - first);
            levels.Add((prefix, CpuSet.From(Enumerable.Range(first, own))));
            AddCores(
                cores, first, own, PerCore(own, count(prefix + "physicalcpu")),
                level == 0 ? CpuCoreKind.Performance : CpuCoreKind.Efficient);
            first += own;
        }

        return cores;
    }

    private static int PerCore(int cpus, int cores) => cores > 0 && cpus % cores == 0 ? Math.Max(cpus / cores, 1) : 1;

    private static void AddCores(List<(CpuSet, CpuCoreKind)> cores, int first, int count, int perCore, CpuCoreKind kind)
    {
        for (int cpu = first; cpu < first + count; cpu += perCore)
        {
            cores.Add((CpuSet.From(Enumerable.Range(cpu, perCore)), kind));
        }
    }

    // How many CPUs share a cache is told by level of performance, or by hw.cacheconfig: memory, L1, L2, L3.
    private static List<CpuCache> Caches(List<(string Prefix, CpuSet Cpus)> levels, Func<string, long?> number)
    {
        var caches = new List<CpuCache>();
        int? line = number("hw.cachelinesize") is { } bytes and > 0 and < 1 << 16 ? (int)bytes : null;
        foreach (var (name, key, level, type, sharedKey) in new[]
        {
            ("L1d", "l1dcachesize", 1, "Data", ""),
            ("L1i", "l1icachesize", 1, "Instruction", ""),
            ("L2", "l2cachesize", 2, "Unified", "cpusperl2"),
            ("L3", "l3cachesize", 3, "Unified", "cpusperl3"),
        })
        {
            foreach (var (prefix, cpus) in levels)
            {
                long? shared = sharedKey.Length == 0 ? 1 : number(prefix + sharedKey);
                if (number(prefix + key) is not ({ } size and > 0) || shared is not ({ } sharers and > 0 and <= CpuSet.MaxCpuId))
                {
                    continue;
                }

                for (int at = 0; at < cpus.Count; at += (int)sharers)
                {
                    string list = CpuSet.From(cpus.Skip(at).Take((int)sharers)).ToString();
                    caches.Add(new(name, level, type, size, line, null, list));
                }
            }
        }

        return caches;
    }
}
