namespace KretPool.Topology;

/// <summary>Reads the topology of a machine.</summary>
public static class TopologyReader
{
    /// <summary>Reads this machine.</summary>
    /// <returns>Its topology.</returns>
    public static CpuTopology ReadThisMachine()
    {
        string all = CpuSet.From(Enumerable.Range(0, Environment.ProcessorCount)).ToString();
        return new CpuTopology { PresentCpus = all, OnlineCpus = all, AllowedCpus = all };
    }
}
