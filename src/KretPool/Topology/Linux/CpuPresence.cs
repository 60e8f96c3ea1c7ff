namespace KretPool.Topology.Linux;

/// <summary>Which CPUs there are and which are online.</summary>
/// <remarks>Documentation/admin-guide/cputopology.rst and cpu-hotplug.rst. Any of the files may be missing or torn, so
/// a CPU counts if two of them agree on it, or if only one says anything at all: one bad file can lose a CPU but not
/// invent one.</remarks>
internal sealed record CpuPresence(CpuSet Present, CpuSet Online)
{
    public const string Root = "sys/devices/system/cpu";

    public static CpuPresence Read(KernelFiles files, CpuInfo info)
    {
        var directories = files.Numbered(Root, "cpu");
        var present = files.List(Root + "/present", expected: true);
        var online = files.List(Root + "/online", expected: true);
        var possible = files.List(Root + "/possible");

        online = online is null or { Count: 0 }
            ? OnlineByDirectory(files, directories, info)
            : Confirmed(online, files, "online", directories, present, possible);
        present = present is null or { Count: 0 }
            ? directories
            : Confirmed(present, files, "present", directories, possible, online);
        return new(present.Union(online), online);
    }

    private static CpuSet Confirmed(
        CpuSet set, KernelFiles files, string file, CpuSet directories, CpuSet? one, CpuSet? other)
    {
        var witnesses = directories.Union(one ?? CpuSet.Empty).Union(other ?? CpuSet.Empty);
        if (witnesses.Count == 0)
        {
            return set;
        }

        var unconfirmed = set.Except(witnesses);
        if (unconfirmed.Count > 0)
        {
            files.Lost.Add($"{Root}/{file}", $"no other file knows CPUs {unconfirmed}");
        }

        return set.Intersect(witnesses);
    }

    // CPU 0 often has no online file, because it cannot be taken offline.
    private static CpuSet OnlineByDirectory(KernelFiles files, CpuSet directories, CpuInfo info)
    {
        var online = new List<int>();
        foreach (int cpu in directories)
        {
            if (files.Text($"{Root}/cpu{cpu}/online") is null or "1")
            {
                online.Add(cpu);
            }
        }

        return online.Count > 0 ? CpuSet.From(online) : info.Cpus;
    }
}
