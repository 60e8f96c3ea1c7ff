namespace KretPool.Topology.Linux;

/// <summary>Whether the process may use each CPU, and why not.</summary>
internal sealed class CpuUsage
{
    private readonly CpuSet _online;
    private readonly CpuSet _affinity;

    private readonly CpuSet _isolatedAtBoot;

    public CpuUsage(KernelFiles files, CpuSet present, CpuSet online)
    {
        _online = online;
        Cgroups = new(files);
        _affinity = Affinity(files) ?? online;
        _isolatedAtBoot = files.List(CpuPresence.Root + "/isolated")
            ?? KernelParameters.Cpus(files, "isolcpus=", "domain", present);
        Isolated = _isolatedAtBoot.Union(Cgroups.IsolatedCpus).Intersect(online);
        Tickless = (files.List(CpuPresence.Root + "/nohz_full")
            ?? KernelParameters.Cpus(files, "nohz_full=", null, present).Union(
                KernelParameters.Cpus(files, "isolcpus=", "nohz", present))).Intersect(online);
        SmtControl = files.Text(CpuPresence.Root + "/smt/control");

        var allowed = new List<int>();
        foreach (int cpu in online.Intersect(_affinity))
        {
            if (Cgroups.Hiding(cpu) is null)
            {
                allowed.Add(cpu);
            }
        }

        Allowed = CpuSet.From(allowed);
    }

    public Cgroups Cgroups { get; }

    public CpuSet Allowed { get; }

    public CpuSet Isolated { get; }

    public CpuSet Tickless { get; }

    public string? SmtControl { get; }

    /// <summary>The state of a CPU that is present. What no thread can overcome comes first.</summary>
    public (CpuState State, string? Reason) Of(int cpu)
    {
        if (!_online.Contains(cpu))
        {
            return (CpuState.Offline, SmtControl is "off" or "forceoff" ? $"offline (SMT control is {SmtControl})" : "offline");
        }

        var state = CpuState.Usable;
        var reasons = new List<string>();
        void Note(CpuState why, string reason)
        {
            state = state == CpuState.Usable ? why : state;
            reasons.Add(reason);
        }

        if (Cgroups.Hiding(cpu) is { } hiding)
        {
            Note(CpuState.HiddenByCgroup, $"hidden by cgroup {hiding.Cgroup} (allows {hiding.Cpus})");
        }

        if (Isolated.Contains(cpu))
        {
            Note(CpuState.Isolated, _isolatedAtBoot.Contains(cpu) ? "isolated (isolcpus)" : "isolated (partition of a cgroup)");
        }

        // The kernel keeps CPUs that a cgroup hides out of the affinity too: that is one reason, not two.
        if (!_affinity.Contains(cpu) && state != CpuState.HiddenByCgroup)
        {
            Note(CpuState.OutsideAffinity, "outside the process's affinity");
        }

        if (Tickless.Contains(cpu))
        {
            Note(CpuState.Tickless, "tickless (nohz_full)");
        }

        return (state, reasons.Count == 0 ? null : string.Join("; ", reasons));
    }

    // Of the main thread, not of the one that asks, which may be pinned.
    private static CpuSet? Affinity(KernelFiles files)
    {
        const string path = "proc/self/status";
        string status = "\n" + files.Text(path);
        if (Line(status, "\nCpus_allowed:") is { } mask)
        {
            if (CpuSet.TryParseMask(mask, out var cpus))
            {
                return cpus;
            }

            files.Lost.Add(path, KernelFiles.Nonsense(mask, "a CPU mask"));
        }

        return Line(status, "\nCpus_allowed_list:") is { } list && CpuSet.TryParse(list, out var listed) ? listed : null;
    }

    private static string? Line(string text, string name)
    {
        int start = text.IndexOf(name, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        start += name.Length;
        int end = text.IndexOf('\n', start);
        return text[start..(end < 0 ? text.Length : end)].Trim();
    }
}
