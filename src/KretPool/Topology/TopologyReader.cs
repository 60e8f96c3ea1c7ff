using KretPool.Topology.Capture;
using KretPool.Topology.Linux;

namespace KretPool.Topology;

/// <summary>Reads the topology of a machine. Safe to use from several threads at once.</summary>
public static class TopologyReader
{
    /// <summary>Reads this machine.</summary>
    /// <returns>Its topology. What cannot be read is missing in it and named in <see cref="CpuTopology.LostFacts"/>.</returns>
    public static CpuTopology ReadThisMachine()
    {
        if (!OperatingSystem.IsLinux())
        {
            string all = CpuSet.From(Enumerable.Range(0, Environment.ProcessorCount)).ToString();
            return new CpuTopology { PresentCpus = all, OnlineCpus = all, AllowedCpus = all };
        }

        using var tree = new LiveTree();
        return LinuxTopology.Read(tree);
    }
}
