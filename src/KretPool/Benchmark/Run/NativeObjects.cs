using KretPool.Memory;
using KretPool.Topology;

namespace KretPool.Benchmark.Run;

/// <summary>Native blocks laid out over nodes as a memory policy says, and where they really are.</summary>
internal sealed class NativeObjects : IDisposable
{
    private readonly List<NumaMemory> _regions = [];
    private readonly Dictionary<nint, int> _indexes;
    private readonly CpuTopology _topology;
    private readonly int _stride;

    /// <summary>Allocates blocks.</summary>
    /// <param name="conditions">How many, how large, where.</param>
    /// <param name="topology">The machine.</param>
    /// <exception cref="InsufficientMemoryException">The system has not that much memory.</exception>
    public NativeObjects(BenchmarkConditions conditions, CpuTopology topology)
    {
        _topology = topology;
        _stride = (conditions.ObjectSize + NativeBlockAlignment - 1) / NativeBlockAlignment * NativeBlockAlignment;
        var nodes = NodeOfEach(conditions);
        var blocks = new nint[conditions.Capacity];
        try
        {
            foreach (var share in Enumerable.Range(0, blocks.Length).GroupBy(index => nodes[index]))
            {
                Fill(blocks, [.. share], share.Key);
            }
        }
        catch
        {
            Dispose();
            throw;
        }

        Blocks = blocks;
        _indexes = Enumerable.Range(0, blocks.Length).ToDictionary(index => blocks[index]);
    }

    /// <summary>The address of each block.</summary>
    public nint[] Blocks { get; }

    /// <summary>What was asked of the system and not had, each once.</summary>
    public IReadOnlyList<string> Problems => [.. _regions.Select(region => region.Problem).OfType<string>().Distinct()];

    // A line, and two where lines are fetched in pairs.
    private static int NativeBlockAlignment => Loop.CacheLine.Separation;

    /// <summary>The place of a block among all; -1 if it is none of them.</summary>
    public int IndexOf(nint block) => _indexes.GetValueOrDefault(block, -1);

    /// <summary>The node that a block is on, as the system told; -1 if it did not.</summary>
    public int NodeOf(nint block) =>
        _regions.Find(region => block >= region.Address && block < region.Address + (nint)region.Length)?.Node ?? -1;

    /// <inheritdoc/>
    public void Dispose() => _regions.ForEach(region => region.Dispose());

    private void Fill(nint[] blocks, int[] share, int? node)
    {
        var region = NumaMemory.Allocate((long)share.Length * _stride, node, hugePages: false, _topology);
        _regions.Add(region);
        nint next = region.Address;
        foreach (int index in share)
        {
            blocks[index] = next;
            next += _stride;
        }
    }

    private int?[] NodeOfEach(BenchmarkConditions conditions)
    {
        int?[] cycle = conditions.MemoryPolicy switch
        {
            { Node: { } node } => [node],
            var policy when policy == MemoryPolicy.Interleave => NodesWithMemory(),
            var policy when policy == MemoryPolicy.Local => [.. conditions.ThreadCpus.Select(NodeOfThread)],
            _ => [],
        };
        if (cycle.Length == 0)
        {
            return new int?[conditions.Capacity];
        }

        // Interleaved, neighbours are on different nodes. Otherwise a thread's share lies together, and is as large as the
        // next one's, which is how the kinds that are divided by CPU deal objects out.
        bool interleaved = conditions.MemoryPolicy == MemoryPolicy.Interleave;
        return [.. Enumerable.Range(0, conditions.Capacity)
            .Select(index => cycle[interleaved ? index % cycle.Length : (int)((long)index * cycle.Length / conditions.Capacity)])];
    }

    private int?[] NodesWithMemory() =>
        [.. _topology.Nodes.Where(node => node.MemoryTotalBytes is not 0).Select(node => (int?)node.Id)];

    private int? NodeOfThread(CpuSet? cpus) =>
        cpus is null ? null : _topology.Cpus.FirstOrDefault(cpu => cpu.Id == cpus[0])?.NodeId;
}
