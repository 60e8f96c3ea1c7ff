using KretPool.Results;

namespace KretPool.Analysis.Report;

/// <summary>Ratio to the baseline over threads, a line per kind.</summary>
internal static class RatioSection
{
    private const string SameKind = "the baseline";

    public static ReportSection? Build(IReadOnlyCollection<PoolComparison> comparisons, KindPalette palette) =>
        ChartSection.Build("Ratio",
        [
            .. from comparison in comparisons
               group comparison by comparison.Kind == comparison.BaselineKind ? SameKind : comparison.BaselineKind into set
               from chart in Charts(set.Key).Build([.. set.Select(Value)], palette)
               select chart,
        ]);

    private static ConditionCharts Charts(string baseline) => new(
        $"Throughput relative to {baseline}",
        new ChartAxis($"Times the throughput of {baseline} (log scale)", AxisScale.Log10, AxisFormat.Ratio),
        new ChartAxis($"Times the throughput of {baseline}", AxisScale.Linear, AxisFormat.Ratio));

    // Comparisons carry the conditions of their results, so that they split the same way.
    private static MeasuredValue Value(PoolComparison comparison)
    {
        var conditions = new PoolBenchmarkResult
        {
            HostName = comparison.HostName,
            Workload = comparison.Workload,
            ThreadCount = comparison.ThreadCount,
            Capacity = comparison.Capacity,
            ObjectSize = comparison.ObjectSize,
            BulkSize = comparison.BulkSize,
            Placement = comparison.Placement,
            MemoryPolicy = comparison.MemoryPolicy,
        };
        return new MeasuredValue(conditions, comparison.Kind, comparison.StartedUtc, comparison.Ratio);
    }
}
