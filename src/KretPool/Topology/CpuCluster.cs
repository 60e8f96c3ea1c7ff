namespace KretPool.Topology;

/// <summary>A cluster: cores that share an L2 cache or a bus.</summary>
/// <param name="Id">The id that the kernel gives it.</param>
/// <param name="PackageId">The package it is on; null if the machine does not tell.</param>
/// <param name="Cpus">Its online CPUs, as a CPU list.</param>
public sealed record CpuCluster(int Id, int? PackageId, string Cpus)
{
    /// <summary>The die it is on; null if the machine does not tell.</summary>
    public int? DieId { get; init; }
}
