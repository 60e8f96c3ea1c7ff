using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KretPool.Topology;

namespace KretPool.Pools;

/// <summary>
/// The parts of a pool that is divided by CPU: one for each CPU that the process may run on, in the order of their ids.
/// </summary>
/// <remarks>
/// The CPU that a thread runs on is a hint and no more: the thread can move at any time, also in the middle of an
/// operation, and two threads can work on one part at once.
/// </remarks>
internal sealed class CpuParts
{
    [ThreadStatic]
    private static int? t_cpuForTests;

    private readonly CpuTopology _topology;
    private readonly int[] _cpuOfPart;

    // The part of each CPU id; its length is a power of two, so that an id beyond all known ones lands somewhere too.
    private readonly int[] _partOfCpu;

    /// <summary>Lays out the parts.</summary>
    /// <param name="topology">The machine.</param>
    public CpuParts(CpuTopology topology)
    {
        _topology = topology;
        var cpus = CpuSet.Parse(topology.AllowedCpus);
        _cpuOfPart = cpus.Count > 0 ? [.. cpus] : [.. Enumerable.Range(0, Environment.ProcessorCount)];
        _partOfCpu = new int[BitOperations.RoundUpToPowerOf2((uint)_cpuOfPart[^1] + 1)];
        for (int cpu = 0; cpu < _partOfCpu.Length; cpu++)
        {
            int part = Array.BinarySearch(_cpuOfPart, cpu);
            _partOfCpu[cpu] = part >= 0 ? part : cpu % Count;
        }
    }

    /// <summary>How many parts there are, at least one.</summary>
    public int Count => _cpuOfPart.Length;

    /// <summary>The part of the CPU that this thread runs on, or ran on a moment ago.</summary>
    public int Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _partOfCpu[CurrentCpu & (_partOfCpu.Length - 1)];
    }

    /// <summary>Bytes that the layout uses.</summary>
    public long Bytes => (_cpuOfPart.Length + _partOfCpu.Length) * (long)sizeof(int);

    /// <summary>The CPU that this thread runs on, or that a test makes it appear to.</summary>
    public static int CurrentCpu
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => PreemptionPoint.Enabled && t_cpuForTests is { } cpu ? cpu : Thread.GetCurrentProcessorId();
    }

    /// <summary>Makes this thread appear to run on a CPU, or on its real one again. Needs the switch for tests.</summary>
    /// <param name="cpu">The CPU id, or null for the real one.</param>
    public static void PretendCpu(int? cpu) => t_cpuForTests = cpu;

    /// <summary>The part that follows another in a round of all.</summary>
    /// <param name="part">The part.</param>
    /// <returns>The next one, the first after the last.</returns>
    public int After(int part) => ++part == Count ? 0 : part;

    /// <summary>The part that comes before another in a round of all.</summary>
    /// <param name="part">The part.</param>
    /// <returns>The one before, the last before the first.</returns>
    public int Before(int part) => part == 0 ? Count - 1 : part - 1;

    /// <summary>Gives each object to a part in equal shares, neighbours in the list to the same part.</summary>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <param name="options">The objects.</param>
    /// <returns>Each object and its part.</returns>
    public IEnumerable<(T Item, int Part)> Deal<T>(PoolOptions<T> options)
    {
        long number = 0;
        foreach (T item in MemoryMarshal.ToEnumerable(options.Objects))
        {
            yield return (item, (int)(number++ * Count / options.Capacity));
        }
    }

    /// <summary>
    /// Gives each object to a part on the node that holds it, in equal shares within the node. An object on a node
    /// without a CPU, or on an unknown one, goes where <see cref="Deal"/> puts it.
    /// </summary>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <param name="options">The objects, and where they are.</param>
    /// <returns>Each object and its part.</returns>
    public IEnumerable<(T Item, int Part)> DealByNode<T>(PoolOptions<T> options)
    {
        if (options.NodeOf is not { } nodeOf)
        {
            return Deal(options);
        }

        var queues = _topology.Nodes.ToDictionary(node => node.Id, node => new Queue<int>(PartsOf(node)));
        return Deal(options).Select(pair => (pair.Item, NextOf(nodeOf(pair.Item)) ?? pair.Part));

        int? NextOf(int node)
        {
            if (!queues.TryGetValue(node, out var queue) || !queue.TryDequeue(out int part))
            {
                return null;
            }

            queue.Enqueue(part);
            return part;
        }
    }

    private IEnumerable<int> PartsOf(NumaNode node) =>
        CpuSet.Parse(node.Cpus).Select(cpu => Array.BinarySearch(_cpuOfPart, cpu)).Where(part => part >= 0);
}
