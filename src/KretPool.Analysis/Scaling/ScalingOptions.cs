using KretPool.Topology;

namespace KretPool.Analysis.Scaling;

/// <summary>How scaling is measured.</summary>
public sealed class ScalingOptions
{
    /// <summary>Thread counts to predict; empty for twice the largest that was fitted.</summary>
    public IReadOnlyList<int> PredictedThreadCounts { get; init; } = [];

    /// <summary>The largest thread count that is fitted; null for all. What is beyond serves to check the prediction.</summary>
    public int? MaxThreadCount { get; init; }

    /// <summary>The machine whose packages and nodes say where the border lies; null for this machine where it is of the
    /// same shape, or else the nodes in the results.</summary>
    public CpuTopology? Topology { get; init; }
}
