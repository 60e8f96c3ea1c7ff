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

    /// <summary>The machine that the results were taken on; null if it is not to be shown.</summary>
    public CpuTopology? Topology { get; init; }
}
