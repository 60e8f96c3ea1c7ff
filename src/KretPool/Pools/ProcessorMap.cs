using System.Numerics;
using System.Runtime.CompilerServices;
using KretPool.Topology;

namespace KretPool.Pools;

/// <summary>
/// Where CPUs are, as a pool that is divided by last-level cache sees it. A <em>part</em> is the set of CPUs that share a
/// last-level cache and a NUMA node; parts and nodes are numbered from 0. Where the machine tells nothing there is one
/// part on one node.
/// </summary>
internal sealed class ProcessorMap
{
    // Within a node nothing is told about distance but that another cache is further away than one's own; 10 is the
    // distance of a node to itself (ACPI, System Locality Information Table), and other nodes start above it.
    private const int Local = 10;
    private const int UnknownRemote = 20;

    // The part of each CPU id; its length is a power of two, so that an id beyond all known ones lands somewhere too.
    private readonly int[] _partOfCpu;
    private readonly int[] _nodeOfPart;
    private readonly int[] _nodeIds;
    private readonly int[][] _partsByDistance;
    private readonly int[][] _distances;

    /// <summary>Reads the parts off a machine.</summary>
    /// <param name="topology">The machine.</param>
    public ProcessorMap(CpuTopology topology)
    {
        _nodeIds = topology.Nodes.Count > 0 ? [.. topology.Nodes.Select(node => node.Id)] : [-1];
        _distances = [.. Enumerable.Range(0, NodeCount).Select(from => DistancesFrom(topology, from))];

        var nodeOfCpu = new Dictionary<int, int>();
        for (int node = 0; node < topology.Nodes.Count; node++)
        {
            foreach (int cpu in CpuSet.Parse(topology.Nodes[node].Cpus))
            {
                nodeOfCpu[cpu] = node;
            }
        }

        var cacheOfCpu = LastLevelCaches(topology);
        int[] cpus = [.. CpuSet.Parse(topology.OnlineCpus).Union(CpuSet.Parse(topology.AllowedCpus))];
        var parts = new Dictionary<(int Node, int Cache), int>();
        var nodeOfPart = new List<int>();
        _partOfCpu = new int[BitOperations.RoundUpToPowerOf2((uint)(cpus.Length > 0 ? cpus[^1] : 0) + 1)];
        foreach (int cpu in cpus)
        {
            var place = (nodeOfCpu.GetValueOrDefault(cpu), cacheOfCpu.GetValueOrDefault(cpu, -1));
            if (!parts.TryGetValue(place, out int part))
            {
                parts.Add(place, part = nodeOfPart.Count);
                nodeOfPart.Add(place.Item1);
            }

            _partOfCpu[cpu] = part;
        }

        _nodeOfPart = nodeOfPart.Count > 0 ? [.. nodeOfPart] : [0];
        _partsByDistance = [.. Enumerable.Range(0, PartCount).Select(PartsByDistanceFrom)];
    }

    /// <summary>How many parts there are, at least one.</summary>
    public int PartCount => _nodeOfPart.Length;

    /// <summary>How many nodes there are, at least one, those without CPUs too.</summary>
    public int NodeCount => _nodeIds.Length;

    /// <summary>The part of the CPU that this thread runs on, or ran on a moment ago.</summary>
    public int CurrentPart
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => PartOf(CpuParts.CurrentCpu);
    }

    /// <summary>Bytes that the map uses.</summary>
    public long Bytes =>
        sizeof(int) * (_partOfCpu.Length + _nodeOfPart.Length + ((long)PartCount * PartCount) + ((long)NodeCount * NodeCount));

    /// <summary>The part of a CPU.</summary>
    /// <param name="cpu">Its id; any number.</param>
    /// <returns>Its part, or that of another CPU if it is not known.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int PartOf(int cpu) => _partOfCpu[cpu & (_partOfCpu.Length - 1)];

    /// <summary>The node that a part is on.</summary>
    /// <param name="part">The part.</param>
    /// <returns>The number of the node here, from 0.</returns>
    public int NodeOfPart(int part) => _nodeOfPart[part];

    /// <summary>The number that a node has here.</summary>
    /// <param name="nodeId">The id that the system gives it.</param>
    /// <returns>Its number, or -1 if it is not known.</returns>
    public int NodeOfId(int nodeId) => Array.IndexOf(_nodeIds, nodeId);

    /// <summary>All parts, a part itself first, then those of its node, then the others by their nodes' distance.</summary>
    /// <param name="part">The part.</param>
    /// <returns>Parts, nearest first.</returns>
    public ReadOnlySpan<int> PartsByDistance(int part) => _partsByDistance[part];

    /// <summary>The part that is nearest to a node, for a node without CPUs.</summary>
    /// <param name="node">The number of the node here.</param>
    /// <returns>The part.</returns>
    public int NearestPart(int node) => Enumerable.Range(0, PartCount).MinBy(part => _distances[_nodeOfPart[part]][node]);

    /// <summary>How far a part is from another.</summary>
    /// <param name="from">The part that looks.</param>
    /// <param name="to">The part looked at.</param>
    /// <returns>0 for itself, 10 on its own node, else the distance of the nodes.</returns>
    public int Distance(int from, int to) => from == to ? 0 : _distances[_nodeOfPart[from]][_nodeOfPart[to]];

    private static int[] DistancesFrom(CpuTopology topology, int from)
    {
        if (topology.Nodes.Count == 0)
        {
            return [Local];
        }

        var told = topology.Nodes[from].Distances;
        return
        [
            .. topology.Nodes.Select(
                (node, to) => from == to ? Local : Math.Max(Local + 1, told.GetValueOrDefault(node.Id, UnknownRemote))),
        ];
    }

    private static Dictionary<int, int> LastLevelCaches(CpuTopology topology)
    {
        var cacheOfCpu = new Dictionary<int, int>();
        var levelOfCpu = new Dictionary<int, int>();
        for (int cache = 0; cache < topology.Caches.Count; cache++)
        {
            int level = topology.Caches[cache].Level;
            foreach (int cpu in CpuSet.Parse(topology.Caches[cache].Cpus))
            {
                // A cache of one core alone, as on machines without a shared one, divides nothing: parts are for sharing.
                if (level >= levelOfCpu.GetValueOrDefault(cpu) && level > 2)
                {
                    (cacheOfCpu[cpu], levelOfCpu[cpu]) = (cache, level);
                }
            }
        }

        return cacheOfCpu;
    }

    private int[] PartsByDistanceFrom(int part) =>
        [.. Enumerable.Range(0, PartCount).OrderBy(other => Distance(part, other)).ThenBy(other => (other - part + PartCount) % PartCount)];
}
