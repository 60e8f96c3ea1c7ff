using KretPool.Topology;

namespace KretPool.Benchmark;

/// <summary>Turns the nodes and CPUs that an operator names into sets of CPUs that can be used.</summary>
/// <param name="topology">The machine.</param>
internal sealed class UsableCpus(CpuTopology topology)
{
    private readonly CpuSet _allowed = CpuSet.Parse(topology.AllowedCpus);

    /// <summary>Every pair of a set of nodes and a set of CPUs, as the CPUs they have in common.</summary>
    /// <param name="nodeSets">Sets of nodes; empty for no restriction.</param>
    /// <param name="cpuSets">Sets of CPUs; empty for no restriction.</param>
    /// <returns>Sets of CPUs; null for no restriction.</returns>
    /// <exception cref="BenchmarkOptionException">A node or a CPU cannot be used; the message says why.</exception>
    public IEnumerable<CpuSet?> Choose(IReadOnlyList<CpuSet> nodeSets, IReadOnlyList<CpuSet> cpuSets) =>
        from ofNodes in OrNone(nodeSets, OfNodes)
        from named in OrNone(cpuSets, Named)
        select ofNodes is null || named is null ? ofNodes ?? named : InCommon(ofNodes, named);

    /// <summary>Says that there is no such node, and which there are.</summary>
    public static string NoSuchNode(CpuTopology topology, int id) =>
        $"There is no NUMA node {id}. "
        + (topology.Nodes.Count == 0
            ? "This machine tells of no NUMA nodes."
            : $"Nodes of this machine: {CpuSet.From(topology.Nodes.Select(node => node.Id))}.");

    private static IEnumerable<CpuSet?> OrNone(IReadOnlyList<CpuSet> sets, Func<CpuSet, CpuSet> choose) =>
        sets.Count > 0 ? sets.Distinct().Select<CpuSet, CpuSet?>(choose) : [null];

    private CpuSet OfNodes(CpuSet nodes) =>
        nodes.Count > 0
            ? nodes.Select(OfNode).Aggregate((a, b) => a.Union(b))
            : throw new BenchmarkOptionException("NumaNode", "", "An empty list of NUMA nodes leaves no CPU. Name a node, such as 0.");

    private CpuSet OfNode(int id)
    {
        var node = topology.Nodes.FirstOrDefault(node => node.Id == id);
        if (node is null)
        {
            throw new BenchmarkOptionException("NumaNode", id, NoSuchNode(topology, id));
        }

        var cpus = CpuSet.Parse(node.Cpus);
        if (cpus.Count == 0)
        {
            throw new BenchmarkOptionException(
                "NumaNode", id,
                $"NUMA node {id} has memory and no CPU, so no thread can run on it. To use its memory, give -MemoryPolicy 'Node {id}'.");
        }

        var usable = cpus.Intersect(_allowed);
        return usable.Count > 0
            ? usable
            : throw new BenchmarkOptionException(
                "NumaNode", id,
                $"This process may use none of the CPUs {cpus} of NUMA node {id}, only CPU {_allowed}: {Reason(cpus[0])}.");
    }

    private CpuSet Named(CpuSet cpus)
    {
        if (cpus.Count == 0)
        {
            throw new BenchmarkOptionException("Cpu", "", $"An empty CPU list leaves no CPU. Name some of {_allowed}.");
        }

        // A thread can be pinned outside the affinity that its process started with: to isolated CPUs, for one.
        var unusable = CpuSet.From(cpus.Except(_allowed).Where(cpu => Find(cpu)?.State != CpuState.OutsideAffinity));
        return unusable.Count == 0
            ? cpus
            : throw new BenchmarkOptionException(
                "Cpu", unusable.ToString(),
                $"CPU {unusable} cannot be used: {Reason(unusable[0])}. CPUs that this process may use: {_allowed}.");
    }

    private static CpuSet InCommon(CpuSet ofNodes, CpuSet named)
    {
        var common = ofNodes.Intersect(named);
        return common.Count > 0
            ? common
            : throw new BenchmarkOptionException(
                "Cpu", named.ToString(), $"None of the CPUs {named} is on the NUMA nodes asked for, which have CPU {ofNodes}.");
    }

    private LogicalCpu? Find(int id) => topology.Cpus.FirstOrDefault(cpu => cpu.Id == id);

    private string Reason(int id) => Find(id) is { } cpu ? $"it is {cpu.Reason}" : "this machine has no such CPU";
}
