namespace KretPool.Pools;

/// <summary>Counters of a pool since it was made.</summary>
/// <param name="Hits">Rents that got an object; null where the kind does not count them.</param>
/// <param name="Misses">Rents that found none; null where the kind does not count them.</param>
/// <param name="Steals">Objects taken from the part of another CPU or thread; null where the kind has no parts.</param>
/// <param name="RemoteRents">Rents served with an object that lives on another NUMA node than the renting thread;
/// null where the kind does not know.</param>
public sealed record PoolStatistics(long? Hits, long? Misses, long? Steals, long? RemoteRents);
