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
            orderby threads.Key
            from @group in ConditionGroup.Split(
                [.. threads.Select(result => MeasuredValue.Of(result, result.MissRate))],
                exceptFor: nameof(PoolBenchmarkResult.Capacity))
            where @group.Values.Any(value => value.Conditions.Misses > 0) && @group.CountOf(result => result.Capacity) > 1
            select new ReportChart(
                $"Miss rate over capacity, {ConditionCharts.Count(threads.Key)}: {@group.Label}",
                new ChartAxis("Capacity in objects", AxisScale.Log2, AxisFormat.Number),
                new ChartAxis("Rents that found no object", AxisScale.Linear, AxisFormat.Percent),
                ChartSection.SeriesPerKind(@group.Values, palette, value => value.Conditions.Capacity, withZero: true));
        return ChartSection.Build("Misses", [.. charts]);
    }
}
