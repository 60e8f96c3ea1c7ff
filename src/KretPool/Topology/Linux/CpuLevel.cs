namespace KretPool.Topology.Linux;

/// <summary>
/// One level of the hierarchy, such as packages: online CPUs in groups that do not overlap. A CPU belongs to the group
/// of its mask or, where there is no mask that holds the CPU itself, to that of its id.
/// </summary>
/// <remarks>Masks come first because ids repeat: core ids within a package (several machines), package ids between
/// books or not given at all (s390). Once a CPU is in another CPU's group its own files are not read, so a mask that
/// claims a CPU of another group is wrong: the group's own mask did not claim this one.</remarks>
internal sealed class CpuLevel(
    KernelFiles files, CpuSet online, string idFile, bool idRequired, params (string Mask, string List)[] siblings)
{
    /// <summary>Firmware that numbers no clusters leaves all ones in 16 bits.</summary>
    private const int NoId = 0xffff;

    /// <summary>The parent of groups that are found by id and have none.</summary>
    private static readonly Group s_noParent = new(null, null);

    private readonly Dictionary<int, Group> _groupOf = [];

    public List<Group> Groups { get; } = [];

    public Group? GroupOf(int? cpu) => cpu is { } id && _groupOf.TryGetValue(id, out var group) ? group : null;

    /// <summary>Finds or makes the group of a CPU.</summary>
    /// <param name="cpu">The CPU.</param>
    /// <param name="parent">The group that ids are unique in.</param>
    /// <param name="otherId">An id to go by where /sys has none.</param>
    public Group? Place(int cpu, Group? parent, int? otherId = null)
    {
        if (_groupOf.TryGetValue(cpu, out var known))
        {
            return known;
        }

        string directory = $"{CpuPresence.Root}/cpu{cpu}/topology/";
        int? id = files.Id(directory + idFile, expected: !idRequired && otherId is null) ?? otherId;
        if (id is null or NoId && idRequired)
        {
            return null;
        }

        if (Siblings(cpu, directory) is { } cpus)
        {
            return Add(new(id, null), cpus);
        }

        if (id is null)
        {
            return null;
        }

        var group = Groups.Find(other => other.Parent == (parent ?? s_noParent) && other.Id == id);
        return Add(group ?? new(id, parent ?? s_noParent), [cpu]);
    }

    private Group Add(Group group, IEnumerable<int> cpus)
    {
        if (group.Cpus.Count == 0)
        {
            Groups.Add(group);
        }

        foreach (int cpu in cpus)
        {
            if (_groupOf.TryAdd(cpu, group))
            {
                group.Cpus.Add(cpu);
            }
        }

        return group;
    }

    private CpuSet? Siblings(int cpu, string directory)
    {
        foreach (var (mask, list) in siblings)
        {
            if (files.MaskOrList(directory + mask, directory + list, contradiction: cpus => Contradiction(cpu, cpus)) is { } own)
            {
                return own.Intersect(online);
            }
        }

        return null;
    }

    private string? Contradiction(int cpu, CpuSet cpus)
    {
        if (!cpus.Contains(cpu))
        {
            return $"CPUs '{cpus}' lack the CPU itself";
        }

        foreach (int other in cpus)
        {
            if (_groupOf.ContainsKey(other))
            {
                return $"CPUs '{cpus}' hold CPU {other}, which is elsewhere";
            }
        }

        return null;
    }

    /// <summary>CPUs that belong together.</summary>
    /// <param name="id">Its id, if there is one.</param>
    /// <param name="parent">What the id is unique in, for a group that was found by its id; null for one found by a
    /// mask.</param>
    internal sealed class Group(int? id, Group? parent)
    {
        public int? Id => id;

        public Group? Parent => parent;

        public List<int> Cpus { get; } = [];

        public int First => Cpus[0];

        public string List => CpuSet.From(Cpus).ToString();
    }
}
