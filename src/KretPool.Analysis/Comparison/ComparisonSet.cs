using KretPool.Results;

namespace KretPool.Analysis.Comparison;

/// <summary>Comparisons made together, and what could not be compared.</summary>
/// <param name="Comparisons">The comparisons, kind by kind.</param>
/// <param name="WithoutPartner">Results for which there was no baseline.</param>
/// <param name="UnusedBaselines">Baselines that no result was compared with.</param>
/// <param name="Refused">Results whose only baselines come from a machine of another shape.</param>
/// <param name="MatchedBy">The columns that were equal in every pair.</param>
public sealed record ComparisonSet(
    IReadOnlyList<PoolComparison> Comparisons,
    IReadOnlyList<PoolBenchmarkResult> WithoutPartner,
    IReadOnlyList<PoolBenchmarkResult> UnusedBaselines,
    IReadOnlyList<PoolBenchmarkResult> Refused,
    IReadOnlyList<string> MatchedBy)
{
    /// <summary>The comparisons that came out slower.</summary>
    public IEnumerable<PoolComparison> Regressions =>
        Comparisons.Where(comparison => comparison.Verdict == PoolVerdict.Slower);
}
