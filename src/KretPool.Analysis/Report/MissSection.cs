using KretPool.Results;

namespace KretPool.Analysis.Report;

/// <summary>Miss rate over capacity, a line per kind, a chart per thread count and set of conditions.</summary>
internal static class MissSection
{
    public static ReportSection? Build(IReadOnlyCollection<PoolBenchmarkResult> results, KindPalette palette)
    {
        if (results.All(result => result.Misses == 0))
        {
            return null;
        }

        var charts =
            from threads in results.Where(result => result.Capacity > 0).GroupBy(result => result.ThreadCount)
            from @group in ConditionGroup.Split([.. threads], exceptFor: nameof(PoolBenchmarkResult.Capacity))
            where @group.Results.Any(result => result.Misses > 0)
                && @group.Results.Select(result => result.Capacity).Distinct().Skip(1).Any()
            select new ReportChart(
                $"Miss rate over capacity, {threads.Key} threads: {@group.Label}",
                new ChartAxis("Capacity in objects", AxisScale.Log2, AxisFormat.Number),
                new ChartAxis("Rents that found no object", AxisScale.Linear, AxisFormat.Percent),
                ChartSection.SeriesPerKind(
                    @group.Results, palette, result => result.Kind, result => result.StartedUtc,
                    result => result.Capacity, result => result.MissRate));
        return ChartSection.Build("Misses", [.. charts]);
    }
}
