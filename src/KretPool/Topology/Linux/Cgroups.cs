using System.Globalization;

namespace KretPool.Topology.Linux;

/// <summary>What the process's cgroups allow: CPUs and CPU time.</summary>
/// <remarks>Documentation/admin-guide/cgroup-v2.rst, cgroup-v1/cpusets.rst, scheduler/sched-bwc.rst and cgroups(7).
/// Limits hold for everything below a cgroup, so that all from the top of the mount down to the process's own are
/// read.</remarks>
internal sealed class Cgroups
{
    private readonly List<CgroupCpus> _cpusets = [];

    public Cgroups(KernelFiles files)
    {
        var mounts = CgroupMount.Read(files);
        string memberships = files.Text("proc/self/cgroup") ?? "";
        ReadCpusets(files, mounts, memberships);
        ReadQuotas(files, mounts, memberships);
    }

    /// <summary>CPUs that isolated partitions of any cgroup keep from the scheduler.</summary>
    public CpuSet IsolatedCpus { get; private set; } = CpuSet.Empty;

    /// <summary>The innermost cgroup that names CPUs; null if none is seen.</summary>
    public string? CpusetCgroup => _cpusets.Count > 0 ? _cpusets[^1].Cgroup : null;

    /// <summary>The tightest quota: CPU time and period in microseconds, and whose it is.</summary>
    public (long Quota, long Period, string Cgroup)? Quota { get; private set; }

    /// <summary>The outermost cgroup that hides a CPU and the CPUs that it does allow; null if none hides it.</summary>
    public CgroupCpus? Hiding(int cpu)
    {
        foreach (var level in _cpusets)
        {
            if (!level.Cpus.Contains(cpu))
            {
                return level;
            }
        }

        return null;
    }

    private void ReadCpusets(KernelFiles files, List<CgroupMount> mounts, string memberships)
    {
        var mount = Find(mounts, "cpuset");
        if (mount is null)
        {
            return;
        }

        if (mount.Kind == CgroupKind.V2)
        {
            IsolatedCpus = files.List(mount.Directory + "/cpuset.cpus.isolated") ?? CpuSet.Empty;
        }

        // /proc/self/cpuset names the cgroup also where /proc/self/cgroup is missing.
        string? own = Membership(memberships, mount, "cpuset") ?? files.Text("proc/self/cpuset");
        foreach (var (cgroup, directory) in Levels(mount, own))
        {
            var cpus = mount.Kind switch
            {
                CgroupKind.V2 => files.List(directory + "/cpuset.cpus.effective"),
                CgroupKind.V1 => files.List(directory + "/cpuset.effective_cpus") ?? files.List(directory + "/cpuset.cpus"),
                _ => files.List(directory + "/cpus"),
            };

            // An empty set is a cgroup without CPUs of its own: nothing could run there.
            if (cpus is { Count: > 0 })
            {
                _cpusets.Add(new(cgroup, cpus));
            }
        }
    }

    private void ReadQuotas(KernelFiles files, List<CgroupMount> mounts, string memberships)
    {
        var mount = Find(mounts, "cpu");
        if (mount is null)
        {
            return;
        }

        foreach (var (cgroup, directory) in Levels(mount, Membership(memberships, mount, "cpu")))
        {
            var limit = mount.Kind == CgroupKind.V2
                ? Limit(files, directory + "/cpu.max")
                : (files.Number(directory + "/cpu.cfs_quota_us"), files.Number(directory + "/cpu.cfs_period_us"));
            if (limit is ( > 0 and var quota, > 0 and var period)
                && (Quota is null || (double)quota / period < (double)Quota.Value.Quota / Quota.Value.Period))
            {
                Quota = (quota, period, cgroup);
            }
        }
    }

    // "max 100000" or "150000 100000"
    private static (long? Quota, long? Period) Limit(KernelFiles files, string path)
    {
        string? text = files.Text(path);
        if (text is null || text.StartsWith("max", StringComparison.Ordinal))
        {
            return default;
        }

        int blank = text.IndexOf(' ', StringComparison.Ordinal);
        if (blank > 0
            && long.TryParse(text.AsSpan(0, blank), NumberStyles.None, CultureInfo.InvariantCulture, out long quota)
            && long.TryParse(text.AsSpan(blank + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long period))
        {
            return (quota, period);
        }

        files.Lost.Add(path, KernelFiles.Nonsense(text, "a quota and a period"));
        return default;
    }

    // A controller lives in one hierarchy: its own of v1 if that is mounted, else the one of v2.
    private static CgroupMount? Find(List<CgroupMount> mounts, string controller) =>
        mounts.Find(mount => mount.Kind == CgroupKind.V1
            && mount.Controllers.Contains($",{controller},", StringComparison.Ordinal))
        ?? (controller == "cpuset" ? mounts.Find(mount => mount.Kind == CgroupKind.Cpuset) : null)
        ?? mounts.Find(mount => mount.Kind == CgroupKind.V2);

    // Lines such as 4:cpu,cpuacct:/user.slice (v1) and 0::/user.slice (v2).
    private static string? Membership(string memberships, CgroupMount mount, string controller)
    {
        foreach (string line in memberships.Split('\n'))
        {
            string[] fields = line.Split(':', 3);
            if (fields.Length == 3 && (mount.Kind == CgroupKind.V2
                ? fields[0] == "0" && fields[1].Length == 0
                : $",{fields[1]},".Contains($",{controller},", StringComparison.Ordinal)))
            {
                return fields[2];
            }
        }

        return null;
    }

    // From the top of the mount down to a cgroup.
    private static List<CgroupLevel> Levels(CgroupMount mount, string? cgroup)
    {
        string top = mount.Root.TrimEnd('/');
        string below = cgroup ?? "/";
        if (top.Length > 0 && (below == top || below.StartsWith(top + "/", StringComparison.Ordinal)))
        {
            below = below[top.Length..];
        }

        string name = top, directory = mount.Directory;
        var levels = new List<CgroupLevel> { new(name.Length == 0 ? "/" : name, directory) };
        foreach (string part in below.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..")
            {
                break; // Outside the part of the hierarchy that this container sees.
            }

            name += "/" + part;
            directory += "/" + part;
            levels.Add(new(name, directory));
        }

        return levels;
    }

    /// <summary>A cgroup and the CPUs that it allows.</summary>
    internal sealed record CgroupCpus(string Cgroup, CpuSet Cpus);

    /// <summary>A cgroup and the directory of its files.</summary>
    private sealed record CgroupLevel(string Cgroup, string Directory);
}
