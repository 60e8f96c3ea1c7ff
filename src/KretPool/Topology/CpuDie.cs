namespace KretPool.Topology;

/// <summary>A die.</summary>
/// <param name="Id">The id that the kernel gives it, unique within its package.</param>
/// <param name="PackageId">The package it is on; null if the machine does not tell.</param>
/// <param name="Cpus">Its online CPUs, as a CPU list.</param>
public sealed record CpuDie(int Id, int? PackageId, string Cpus);
