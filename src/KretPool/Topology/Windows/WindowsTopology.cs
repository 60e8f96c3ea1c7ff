namespace KretPool.Topology.Windows;

/// <summary>Builds the topology of a Windows machine. Windows numbers packages, dies and cores in no way that programs
/// see: their ids are their places in its lists.</summary>
internal static class WindowsTopology
{
    public static CpuTopology Read()
    {
        var lost = new List<string>();
        var information = ProcessorInformation.Parse(WindowsCalls.ProcessorRecords(lost));
        var (vendor, model, mhz) = WindowsCalls.Processor();
        return Build(information, lost, new(vendor, model, mhz)
        {
            Architecture = Capture.KernelArchitecture.Name,
            OutsideAffinity = WindowsCalls.OutsideAffinity(),
            FreeBytes = WindowsCalls.NodeFreeBytes,
            MemoryTotalBytes = WindowsCalls.MemoryTotalBytes(),
            Hypervisor = Capture.CpuIdHypervisor.Name,
            Quota = WindowsCalls.JobCpuRate(),
        });
    }

    /// <summary>Puts the records together with what other calls tell.</summary>
    internal static CpuTopology Build(ProcessorInformation information, List<string> lost, WindowsFacts facts)
    {
        var online = information.Active;
        foreach (var (cpus, _) in information.Cores)
        {
            online = online.Union(cpus);
        }

        if (online.Count == 0)
        {
            online = CpuSet.From(Enumerable.Range(0, Environment.ProcessorCount));
            lost.Add("GetLogicalProcessorInformationEx: names no processor");
        }

        var allowed = online.Except(facts.OutsideAffinity);
        var package = Numbers(information.Packages);
        var die = Numbers(information.Dies);
        var module = Numbers(information.Modules);
        var core = Numbers(information.Cores.ConvertAll(part => part.Cpus));
        var node = information.Nodes.SelectMany(part => part.Cpus.Select(cpu => (cpu, part.Id)))
            .GroupBy(pair => pair.cpu).ToDictionary(group => group.Key, group => (int?)group.First().Id);
        int fastest = information.Cores.Count == 0 ? 0 : information.Cores.Max(part => part.EfficiencyClass);
        bool mixed = information.Cores.Exists(part => part.EfficiencyClass != fastest);
        return new CpuTopology
        {
            Source = "this machine",
            Architecture = facts.Architecture,
            Vendor = facts.Vendor,
            ModelName = facts.ModelName,
            PresentCpus = online.ToString(),
            OnlineCpus = online.ToString(),
            AllowedCpus = allowed.ToString(),
            Packages = [.. information.Packages.Select((cpus, id) => new CpuPackage(id, cpus.ToString()))],
            Dies = [.. information.Dies.Select((cpus, id) => new CpuDie(id, package.GetValueOrDefault(cpus[0]), cpus.ToString()))],
            Clusters = [.. information.Modules.Select((cpus, id) =>
                new CpuCluster(id, package.GetValueOrDefault(cpus[0]), cpus.ToString()) { DieId = die.GetValueOrDefault(cpus[0]) })],
            Cores = [.. information.Cores.Select((part, id) => new CpuCore(
                id,
                package.GetValueOrDefault(part.Cpus[0]),
                !mixed ? CpuCoreKind.Unknown : part.EfficiencyClass == fastest ? CpuCoreKind.Performance : CpuCoreKind.Efficient,
                part.Cpus.ToString())
            {
                DieId = die.GetValueOrDefault(part.Cpus[0]),
                ClusterId = module.GetValueOrDefault(part.Cpus[0]),
                BaseMHz = facts.BaseMHz,
            })],
            Cpus = [.. online.Select(cpu => new LogicalCpu(
                cpu, core.GetValueOrDefault(cpu), package.GetValueOrDefault(cpu), die.GetValueOrDefault(cpu), node.GetValueOrDefault(cpu),
                allowed.Contains(cpu) ? CpuState.Usable : CpuState.OutsideAffinity,
                allowed.Contains(cpu) ? null : "outside the process's affinity"))],
            Caches = [.. information.Caches.OrderBy(part => part.Cache.Name, StringComparer.Ordinal).ThenBy(part => part.Cpus[0]).Select(part => part.Cache)],
            Nodes = [.. information.Nodes.OrderBy(part => part.Id).Select(part =>
                new NumaNode(part.Id, part.Cpus.ToString(), null, facts.FreeBytes?.Invoke(part.Id), new Dictionary<int, int>())
                {
                    LocalCpus = part.Cpus.ToString(),
                })],
            BaseMHz = facts.BaseMHz,
            Hypervisor = facts.Hypervisor,
            CpuQuota = facts.Quota is { } share ? share * online.Count : null,
            MemoryTotalBytes = facts.MemoryTotalBytes,
            LostFacts = lost,
        };
    }

    private static Dictionary<int, int?> Numbers(List<CpuSet> parts)
    {
        var numbers = new Dictionary<int, int?>();
        for (int number = 0; number < parts.Count; number++)
        {
            foreach (int cpu in parts[number])
            {
                numbers.TryAdd(cpu, number);
            }
        }

        return numbers;
    }
}

/// <summary>What Windows tells besides the processor records.</summary>
internal sealed record WindowsFacts(string? Vendor, string? ModelName, double? BaseMHz)
{
    public string? Architecture { get; init; }

    /// <summary>CPUs that the process's affinity leaves out.</summary>
    public CpuSet OutsideAffinity { get; init; } = CpuSet.Empty;

    /// <summary>Free bytes of a node, by its id.</summary>
    public Func<int, long?>? FreeBytes { get; init; }

    public long? MemoryTotalBytes { get; init; }

    public string? Hypervisor { get; init; }

    /// <summary>The part of all CPUs' time that a job object allows, from 0 to 1.</summary>
    public double? Quota { get; init; }
}
