namespace KretPool.Topology;

/// <summary>A core.</summary>
/// <param name="Id">The id that the kernel gives it; null if it gives none. Ids repeat in other packages and dies,
/// and on some machines within one: <paramref name="Cpus"/> tells cores apart everywhere.</param>
/// <param name="PackageId">The package it is on; null if the machine does not tell.</param>
/// <param name="Kind">Performance or Efficient where the machine has both, else Unknown.</param>
/// <param name="Cpus">Its online CPUs (SMT siblings), as a CPU list.</param>
public sealed record CpuCore(int? Id, int? PackageId, CpuCoreKind Kind, string Cpus)
{
    /// <summary>The die it is on; null if the machine does not tell.</summary>
    public int? DieId { get; init; }

    /// <summary>The cluster it is in; null if the machine does not tell.</summary>
    public int? ClusterId { get; init; }

    /// <summary>Its model, on machines that may mix models (ARM); null elsewhere: see
    /// <see cref="CpuTopology.ModelName"/>.</summary>
    public string? ModelName { get; init; }

    /// <summary>Highest frequency in MHz, boost included; null if the machine does not tell.</summary>
    public double? MaxMHz { get; init; }

    /// <summary>Frequency in MHz that it keeps up without boost; null if the machine does not tell.</summary>
    public double? BaseMHz { get; init; }
}
