namespace KretPool.Pools;

/// <summary>Counters of a pool since it was made.</summary>
/// <param name="Hits">Rents that got an object; null where the kind does not count them.</param>
/// <param name="Misses">Rents that found none; null where the kind does not count them.</param>
/// <param name="Steals">Objects taken from the part of another CPU or thread; null where the kind has no parts.</param>
/// <param name="RemoteRents">Rents served with an object that lives on another NUMA node than the renting thread;
/// null where the kind does not know.</param>
public sealed record PoolStatistics(long? Hits, long? Misses, long? Steals, long? RemoteRents)
{
    /// <summary>The same per CPU, in the order of CPU ids; empty where the kind does not tell.</summary>
    public IReadOnlyList<PoolCpuStatistics> PerCpu { get; init; } = [];
}

/// <summary>Counters of the rents that ran on one CPU. A thread that migrates in the middle counts for either.</summary>
/// <param name="Cpu">The CPU's id.</param>
/// <param name="Hits">Rents that got an object; null where they are not counted.</param>
/// <param name="Misses">Rents that found none; null where they are not counted.</param>
/// <param name="Steals">Objects taken from another part; null where they are not counted.</param>
/// <param name="RemoteRents">Rents of an object that lives on another node; null where they are not counted.</param>
public sealed record PoolCpuStatistics(int Cpu, long? Hits, long? Misses, long? Steals, long? RemoteRents);
