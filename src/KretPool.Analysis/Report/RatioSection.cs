using KretPool.Results;

namespace KretPool.Analysis.Report;

/// <summary>Ratio to the baseline over threads, a line per kind.</summary>
internal static class RatioSection
{
    public static ReportSection? Build(IReadOnlyCollection<PoolComparison> comparisons, KindPalette palette)
    {
        // Comparisons carry the conditions of their results, so that they split the same way.
        var byConditions = comparisons.ToLookup(comparison => new PoolBenchmarkResult
        {
            HostName = comparison.HostName,
            Workload = comparison.Workload,
            ThreadCount = comparison.ThreadCount,
            Capacity = comparison.Capacity,
            ObjectSize = comparison.ObjectSize,
            BulkSize = comparison.BulkSize,
            Placement = comparison.Placement,
            MemoryPolicy = comparison.MemoryPolicy,
        });
        var groups = ConditionGroup.Split([.. byConditions.Select(entry => entry.Key)]);
        return ChartSection.Build("Ratio", groups.Select(group =>
        {
            PoolComparison[] shown = [.. group.Results.SelectMany(key => byConditions[key])];
            string[] baselines = [.. shown.Select(comparison => comparison.BaselineKind).Distinct()];
            string baseline = baselines.Length == 1 && shown.Any(comparison => comparison.Kind != baselines[0])
                ? baselines[0]
                : "the baseline";
            return new ReportChart(
                $"Throughput relative to {baseline}: {group.Label}",
                new ChartAxis("Threads", AxisScale.Log2, AxisFormat.Number),
                new ChartAxis($"Times the throughput of {baseline} (log scale)", AxisScale.Log10, AxisFormat.Ratio),
                ChartSection.SeriesPerKind(
                    shown, palette, comparison => comparison.Kind, comparison => comparison.StartedUtc,
                    comparison => comparison.ThreadCount, comparison => comparison.Ratio));
        }));
    }
}
