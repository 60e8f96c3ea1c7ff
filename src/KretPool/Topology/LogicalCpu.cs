namespace KretPool.Topology;

/// <summary>A CPU (hardware thread).</summary>
/// <param name="Id">Its id. On Windows: 64 times its processor group plus its number in the group.</param>
/// <param name="CoreId">The core it is on; null if the machine does not tell.</param>
/// <param name="PackageId">The package it is on; null if the machine does not tell.</param>
/// <param name="DieId">The die it is on; null if the machine does not tell.</param>
/// <param name="NodeId">The NUMA node it belongs to; null without NUMA.</param>
/// <param name="State">Whether it can be used, and if not, the first thing that stands in the way.</param>
/// <param name="Reason">Everything that stands in the way, in words; null if nothing does.</param>
public sealed record LogicalCpu(
    int Id, int? CoreId, int? PackageId, int? DieId, int? NodeId, CpuState State, string? Reason);
