using KretPool.Topology.Capture;

namespace KretPool.Topology.Linux;

/// <summary>Reads the topology of a Linux machine from its files.</summary>
internal static class LinuxTopology
{
    /// <summary>Reads a machine.</summary>
    /// <exception cref="InvalidDataException">The files tell of no CPU.</exception>
    public static CpuTopology Read(FileTree tree)
    {
        var files = new KernelFiles(tree);
        var info = CpuInfo.Read(files);
        var (present, online) = CpuPresence.Read(files, info);
        if (online.Count == 0)
        {
            throw new InvalidDataException($"{tree.Name} tells of no CPU that is online: neither {CpuPresence.Root} nor {CpuInfo.File} names one.");
        }

        var layout = new CpuLayout(files, online, info);
        var frequencies = new Frequencies(files, online);
        var nodes = Nodes.Read(files, online);
        var usage = new CpuUsage(files, present, online);
        string? memory = files.Text("proc/meminfo");
        return new CpuTopology
        {
            Source = tree.Name,
            Architecture = files.Text(LiveTree.ArchitectureFile) ?? info.Architecture,
            Vendor = info.Vendor,
            ModelName = info.ModelName,
            PresentCpus = present.ToString(),
            OnlineCpus = online.ToString(),
            AllowedCpus = usage.Allowed.ToString(),
            IsolatedCpus = usage.Isolated.ToString(),
            TicklessCpus = usage.Tickless.ToString(),
            Drawers = layout.Drawers,
            Books = layout.Books,
            Packages = layout.Packages,
            Dies = layout.Dies,
            Clusters = layout.Clusters,
            Cores = layout.Cores(new CoreKinds(files, online, frequencies), frequencies, info),
            Cpus = Cpus(present, layout, nodes, usage),
            Caches = Caches.Read(files, online, layout),
            Nodes = nodes,
            SmtControl = usage.SmtControl,
            MaxMHz = frequencies.Highest,
            MinMHz = frequencies.Lowest,
            BaseMHz = frequencies.Base,
            Governor = frequencies.Governor,
            Boost = frequencies.Boost,
            Hypervisor = Virtualization.Hypervisor(files, info),
            Container = Virtualization.Container(files),
            CpusetCgroup = usage.Cgroups.CpusetCgroup,
            CpuQuota = usage.Cgroups.Quota is { } quota ? (double)quota.Quota / quota.Period : null,
            CpuQuotaMicroseconds = usage.Cgroups.Quota?.Quota,
            CpuQuotaPeriodMicroseconds = usage.Cgroups.Quota?.Period,
            CpuQuotaCgroup = usage.Cgroups.Quota?.Cgroup,
            MemoryTotalBytes = memory is null ? null : MemInfo.Bytes(memory, "MemTotal:"),
            HugePages = HugePagePools.Read(files, "sys/kernel/mm/hugepages"),
            LostFacts = files.Lost.Summary(),
        };
    }

    private static List<LogicalCpu> Cpus(CpuSet present, CpuLayout layout, List<NumaNode> nodes, CpuUsage usage)
    {
        var nodeOf = new Dictionary<int, int>();
        foreach (var node in nodes)
        {
            foreach (int cpu in CpuSet.Parse(node.Cpus))
            {
                nodeOf.TryAdd(cpu, node.Id);
            }
        }

        var cpus = new List<LogicalCpu>(present.Count);
        foreach (int cpu in present)
        {
            var (state, reason) = usage.Of(cpu);
            cpus.Add(new(
                cpu,
                layout.CoreId(cpu),
                layout.PackageId(cpu),
                layout.DieId(cpu),
                nodeOf.TryGetValue(cpu, out int node) ? node : null,
                state,
                reason));
        }

        return cpus;
    }
}
