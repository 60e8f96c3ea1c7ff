using KretPool.Topology;

namespace KretPool.Benchmark.Run;

/// <summary>Counts rents that got an object from another node than the thread's own.</summary>
/// <typeparam name="T">The object type.</typeparam>
internal sealed class RemoteRents<T>
{
    private const int Unknown = -1;

    private readonly Func<T, int> _nodeOf;
    private readonly int[] _nodeOfThread;
    private readonly bool _isOneNode;
    private long _known;
    private long _remote;

    /// <summary>Prepares to count.</summary>
    /// <param name="topology">The machine.</param>
    /// <param name="conditions">Where the threads are.</param>
    /// <param name="nodeOf">The node that an object is on; -1 if unknown.</param>
    public RemoteRents(CpuTopology topology, BenchmarkConditions conditions, Func<T, int> nodeOf)
    {
        _nodeOf = nodeOf;
        _isOneNode = topology.Nodes.Count <= 1;
        _nodeOfThread = [.. conditions.ThreadCpus.Select(cpus => NodeOf(topology, cpus))];
    }

    /// <summary>The share of remote rents among those of which it is known; null if it is known of none.</summary>
    public double? Rate => _isOneNode ? 0 : _known == 0 ? null : (double)_remote / _known;

    /// <summary>Tells whether a rent was remote.</summary>
    /// <param name="worker">The thread that rented.</param>
    /// <param name="item">What it got.</param>
    /// <returns>Whether; null if unknown.</returns>
    public bool? IsRemote(int worker, T item)
    {
        int home = _isOneNode ? Unknown : _nodeOf(item);
        return home == Unknown || _nodeOfThread[worker] == Unknown ? null : home != _nodeOfThread[worker];
    }

    /// <summary>Adds what a thread counted.</summary>
    /// <param name="known">Rents of which it is known whether they were remote.</param>
    /// <param name="remote">Those that were.</param>
    public void Add(long known, long remote)
    {
        Interlocked.Add(ref _known, known);
        Interlocked.Add(ref _remote, remote);
    }

    private static int NodeOf(CpuTopology topology, CpuSet? cpus)
    {
        int[] nodes = [.. topology.Cpus.Where(cpu => cpus?.Contains(cpu.Id) ?? false).Select(cpu => cpu.NodeId ?? Unknown).Distinct()];
        return nodes.Length == 1 ? nodes[0] : Unknown;
    }
}
