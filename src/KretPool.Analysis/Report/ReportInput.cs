using KretPool.Results;
using KretPool.Topology;

namespace KretPool.Analysis.Report;

/// <summary>What a report is made of.</summary>
public sealed class ReportInput
{
    /// <summary>The title.</summary>
    public string Title { get; init; } = "Object pool benchmark";

    /// <summary>The results.</summary>
    public IReadOnlyList<PoolBenchmarkResult> Results { get; init; } = [];

    /// <summary>Comparisons of results.</summary>
    public IReadOnlyList<PoolComparison> Comparisons { get; init; } = [];

    /// <summary>How the kinds scale.</summary>
    public IReadOnlyList<PoolScaling> Scalings { get; init; } = [];

    /// <summary>What the kinds gained from more threads.</summary>
    public IReadOnlyList<PoolEfficiency> Efficiencies { get; init; } = [];

    /// <summary>Changes along the history of the results.</summary>
    public IReadOnlyList<PoolRegression> Regressions { get; init; } = [];

    /// <summary>How many objects are enough.</summary>
    public IReadOnlyList<PoolCapacityEstimate> Capacities { get; init; } = [];

    /// <summary>The machine that the results were taken on; null if it is not to be shown.</summary>
    public CpuTopology? Topology { get; init; }
}
