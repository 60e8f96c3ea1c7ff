namespace KretPool.Topology.Linux;

/// <summary>Which nodes reach a node's memory best, and how fast, as the firmware's HMAT tells.</summary>
/// <remarks>Documentation/admin-guide/mm/numaperf.rst: class 0 counts every initiator, class 1 only those with CPUs,
/// and class 1 is what threads see. Bandwidth is in MiB/s, latency in ns.</remarks>
internal sealed record NodeAccess(
    CpuSet Initiators,
    int? ReadLatencyNs,
    int? WriteLatencyNs,
    int? ReadBandwidthMiBPerSec,
    int? WriteBandwidthMiBPerSec)
{
    public static NodeAccess Read(KernelFiles files, string node)
    {
        string directory = node + "/access1/initiators";
        if (!files.Tree.Exists(directory))
        {
            directory = node + "/access0/initiators";
        }

        return new(
            files.Numbered(directory, "node"),
            files.Id(directory + "/read_latency"),
            files.Id(directory + "/write_latency"),
            files.Id(directory + "/read_bandwidth"),
            files.Id(directory + "/write_bandwidth"));
    }
}
