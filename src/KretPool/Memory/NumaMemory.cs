using System.Runtime.InteropServices;
using KretPool.Placement;
using KretPool.Topology;

namespace KretPool.Memory;

/// <summary>
/// Zeroed memory of whole pages from the operating system, on a NUMA node if one is asked for. Every page is there when
/// the constructor returns, so that no rent pays for a page fault and every page has a node that can be asked for.
/// </summary>
/// <remarks>
/// What was asked for may not be had: a container may forbid to bind memory, a node may have none. The memory is then
/// brought as near as possible, and <see cref="Policy"/>, <see cref="Node"/> and <see cref="Problem"/> say what came of
/// it. Disposing frees the memory; without it the finalizer does. Not to be used after that.
/// </remarks>
public sealed class NumaMemory : SafeHandle
{
    private static readonly IMemorySystem s_system =
        OperatingSystem.IsLinux() ? new LinuxMemory()
        : OperatingSystem.IsWindows() ? new WindowsMemory()
        : new PlainMemory();

    private NumaMemory(long length, int? requestedNode)
        : base(invalidHandleValue: 0, ownsHandle: true) => (Length, RequestedNode) = (length, requestedNode);

    /// <summary>Where the memory starts; at least page aligned.</summary>
    public nint Address => handle;

    /// <summary>How many bytes there are, whole pages.</summary>
    public long Length { get; private set; }

    /// <summary>The node that was asked for; null for none in particular.</summary>
    public int? RequestedNode { get; }

    /// <summary>The node that all pages are on, asked of the system; null if it does not tell, or they are on several.</summary>
    public int? Node { get; private set; }

    /// <summary>How the memory was brought there.</summary>
    public MemoryPolicy Policy { get; private set; }

    /// <summary>Bytes that lie in huge pages; 0 if none were asked for or had.</summary>
    public long HugePageBytes { get; private set; }

    /// <summary>What was asked for and not had, and why; null if nothing.</summary>
    public string? Problem { get; private set; }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Allocates memory.</summary>
    /// <param name="length">Bytes, from 1; rounded up to whole pages.</param>
    /// <param name="node">The node that it should be on; null leaves it to the system.</param>
    /// <param name="hugePages">Whether to use huge pages where the system gives them.</param>
    /// <param name="topology">The machine; null for this one.</param>
    /// <returns>The memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive, or the machine has no such node.</exception>
    /// <exception cref="InsufficientMemoryException">The system has not that much memory.</exception>
    public static NumaMemory Allocate(
        long length, int? node = null, bool hugePages = false, CpuTopology? topology = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        topology ??= CpuTopology.Current;
        var memory = new NumaMemory(length, node);
        try
        {
            memory.Fill(NearestWithMemory(node, topology, out string? problem), problem, hugePages, topology);
            return memory;
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    /// <summary>The NUMA node that an address is on.</summary>
    /// <param name="address">An address in memory that was touched before.</param>
    /// <returns>The node's id; null if the system does not tell, or nothing is there.</returns>
    public static int? NodeOf(nint address)
    {
        Span<nint> pages = [address];
        Span<int> nodes = [-1];
        return s_system.TryGetNodes(pages, nodes) && nodes[0] >= 0 ? nodes[0] : null;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        s_system.Free(handle, Length);
        return true;
    }

    // The node with memory that is the least distance away: the one asked for, if it has any.
    private static int? NearestWithMemory(int? node, CpuTopology topology, out string? problem)
    {
        problem = null;
        if (node is null || topology.Nodes.Count == 0)
        {
            return node is null or 0 ? null : throw NoSuchNode(node.Value, "This machine has no NUMA nodes.");
        }

        var asked = topology.Nodes.FirstOrDefault(candidate => candidate.Id == node)
            ?? throw NoSuchNode(
                node.Value, $"This machine has the nodes {CpuSet.From(topology.Nodes.Select(known => known.Id))}.");
        var nearest = topology.Nodes.Where(HasMemory).MinBy(candidate => Distance(asked, candidate)) ?? asked;
        if (nearest != asked && !HasMemory(asked))
        {
            problem = $"Node {node} has no memory; node {nearest.Id} is the nearest that has some.";
            return nearest.Id;
        }

        return node;

        static bool HasMemory(NumaNode candidate) => candidate.MemoryTotalBytes is not 0;
    }

    private static int Distance(NumaNode from, NumaNode to) =>
        from.Id == to.Id ? 0 : from.Distances.GetValueOrDefault(to.Id, int.MaxValue);

    private static ArgumentOutOfRangeException NoSuchNode(int node, string known) =>
        new(nameof(node), node, $"There is no node {node}. {known}");

    private void Fill(int? target, string? problem, bool hugePages, CpuTopology topology)
    {
        List<string> problems = problem is null ? [] : [problem];
        Length = s_system.RoundUp(Length, hugePages);
        SetHandle(s_system.Reserve(Length, target, hugePages, out string? hugePageProblem));
        AddTo(problems, hugePageProblem);

        if (target is { } node)
        {
            Policy = MemoryPolicy.Bound;
            if (!s_system.TryBind(handle, Length, node, out string? refusal))
            {
                AddTo(problems, refusal);
                Policy = TryTouchFrom(node, topology, problems) ? MemoryPolicy.FirstTouch : MemoryPolicy.None;
            }
        }

        Touch();
        Node = CommonNode(out string? scattered);
        if (target is not null && Node != target)
        {
            AddTo(problems, scattered ?? (Node is null ? "The system does not tell which node memory is on."
                : $"The memory is on node {Node}, not on node {target}."));
        }

        HugePageBytes = hugePages ? s_system.HugePageBytes(handle, Length) : 0;
        if (hugePages && HugePageBytes == 0)
        {
            AddTo(problems, "The system gave no huge pages.");
        }

        Problem = problems.Count == 0 ? null : string.Join(' ', problems);
    }

    private static void AddTo(List<string> problems, string? problem)
    {
        if (problem is not null)
        {
            problems.Add(problem);
        }
    }

    // The system puts a page on the node of the thread that first writes to it.
    private bool TryTouchFrom(int node, CpuTopology topology, List<string> problems)
    {
        var cpus = CpuSet.Parse(topology.Nodes.First(candidate => candidate.Id == node).Cpus)
            .Intersect(CpuSet.Parse(topology.AllowedCpus));
        if (cpus.Count == 0)
        {
            problems.Add($"Node {node} has no CPU that may touch its memory first.");
            return false;
        }

        string? problem = null;
        var toucher = new Thread(() =>
        {
            using var pinned = ThreadAffinity.Pin(cpus);
            problem = pinned.Problem;
            Touch();
        });
        toucher.Start();
        toucher.Join();
        AddTo(problems, problem);
        return problem is null;
    }

    // One write to each page brings it into being; the memory is zero before and after.
    private unsafe void Touch()
    {
        for (long offset = 0; offset < Length; offset += Environment.SystemPageSize)
        {
            Volatile.Write(ref *((byte*)handle + offset), 0);
        }
    }

    private int? CommonNode(out string? problem)
    {
        problem = null;
        int? common = null;
        long pageCount = Length / Environment.SystemPageSize;
        var pages = new nint[Math.Min(pageCount, 4096)];
        int[] nodes = new int[pages.Length];
        for (long first = 0; first < pageCount; first += pages.Length)
        {
            int count = (int)Math.Min(pages.Length, pageCount - first);
            for (int i = 0; i < count; i++)
            {
                pages[i] = handle + (nint)((first + i) * Environment.SystemPageSize);
            }

            if (!s_system.TryGetNodes(pages.AsSpan(0, count), nodes.AsSpan(0, count)))
            {
                return null;
            }

            foreach (int node in nodes.AsSpan(0, count))
            {
                common ??= node;
                if (node != common)
                {
                    problem = $"The memory is spread over several nodes, {common} and {node} among them.";
                    return null;
                }
            }
        }

        return common is >= 0 ? common : null;
    }
}
