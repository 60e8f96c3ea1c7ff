using KretPool.Topology;

namespace KretPool.Placement;

/// <summary>Where a CPU is: which package, node, die, last-level cache and core, whether that core is an efficient one,
/// and the CPU's turn among the candidates of its core, from 0.</summary>
internal sealed record CpuPlace(int Cpu, int Package, int Node, int Die, int LastLevelCache, int Core, bool Efficient, int Thread)
{
    /// <summary>Levels above the core, from the widest.</summary>
    public const int Levels = 4;

    /// <summary>The part of a level that the CPU is in.</summary>
    public int At(int level) => level switch
    {
        0 => Package,
        1 => Node,
        2 => Die,
        _ => LastLevelCache,
    };

    /// <summary>The places of some CPUs, neighbours first.</summary>
    public static List<CpuPlace> All(CpuTopology topology, CpuSet candidates)
    {
        var package = Index(topology.Packages.Select(part => part.Cpus));
        var node = topology.Nodes.SelectMany(part => CpuSet.Parse(part.Cpus).Select(cpu => (cpu, part.Id)))
            .GroupBy(pair => pair.cpu).ToDictionary(group => group.Key, group => group.First().Id);
        var die = Index(topology.Dies.Select(part => part.Cpus));
        var cache = Index(LastLevelCaches(topology));
        var core = Index(topology.Cores.Select(part => part.Cpus));
        var places = new List<CpuPlace>(candidates.Count);
        var taken = new Dictionary<int, int>();
        foreach (int cpu in candidates)
        {
            // A CPU whose core the machine does not tell counts as a core of its own.
            bool told = core.TryGetValue(cpu, out int number);
            int own = told ? number : topology.Cores.Count + cpu;
            int thread = taken.GetValueOrDefault(own);
            taken[own] = thread + 1;
            bool efficient = told && topology.Cores[own].Kind == CpuCoreKind.Efficient;
            places.Add(new(
                cpu, package.GetValueOrDefault(cpu), node.GetValueOrDefault(cpu), die.GetValueOrDefault(cpu),
                cache.GetValueOrDefault(cpu), own, efficient, thread));
        }

        return [.. places.OrderBy(place => place.Package).ThenBy(place => place.Node).ThenBy(place => place.Die)
            .ThenBy(place => place.LastLevelCache).ThenBy(place => place.Efficient).ThenBy(place => place.Core)
            .ThenBy(place => place.Thread)];
    }

    private static IEnumerable<string> LastLevelCaches(CpuTopology topology)
    {
        int last = topology.Caches.Where(cache => cache.Type != "Instruction")
            .Select(cache => cache.Level).DefaultIfEmpty().Max();
        return topology.Caches.Where(cache => cache.Level == last && cache.Type != "Instruction").Select(cache => cache.Cpus);
    }

    // CPU to the number of the part that holds it.
    private static Dictionary<int, int> Index(IEnumerable<string> parts)
    {
        var index = new Dictionary<int, int>();
        int number = 0;
        foreach (string part in parts)
        {
            foreach (int cpu in CpuSet.Parse(part))
            {
                index.TryAdd(cpu, number);
            }

            number++;
        }

        return index;
    }
}
