namespace KretPool.Topology.Linux;

/// <summary>Which CPUs there are and which are online.</summary>
/// <remarks>Documentation/admin-guide/cputopology.rst and cpu-hotplug.rst. Any of the files may be missing or torn, so
/// a list counts if others know all its CPUs, or if only one says anything at all: one bad file can lose a CPU but not
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

        var named = directories.Union(possible ?? CpuSet.Empty);
        online = online is null or { Count: 0 } ? OnlineByDirectory(files, directories, info)
            : Confirmed(online, files, "online", named.Union(present ?? CpuSet.Empty))
                ?? online.Intersect(OnlineByDirectory(files, directories, info));
        present = present is null or { Count: 0 } ? directories
            : Confirmed(present, files, "present", named.Union(online)) ?? present.Intersect(directories);
        return new(present.Union(online), online);
    }

    // Null if the file names a CPU that no other file knows: it is nonsense then, and what is possible is no witness for
    // the rest of it.
    private static CpuSet? Confirmed(CpuSet set, KernelFiles files, string file, CpuSet witnesses)
    {
        if (witnesses.Count == 0 || set.Except(witnesses) is not { Count: > 0 } unconfirmed)
        {
            return set;
        }

        files.Lost.Add($"{Root}/{file}", $"no other file knows CPUs {unconfirmed}");
        return null;
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
