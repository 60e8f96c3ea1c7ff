using KretPool.Results;

namespace KretPool.Analysis.Report;

/// <summary>Throughput over time, a line per kind, with the runs marked at which a kind became slower.</summary>
internal static class HistorySection
{
    public static ReportSection? Build(
        IReadOnlyCollection<PoolBenchmarkResult> results, IReadOnlyCollection<PoolRegression> regressions, KindPalette palette)
    {
        if (results.Select(result => result.RunId).Distinct().Count() < 2)
        {
            return null;
        }

        var charts =
            from threads in results.GroupBy(result => result.ThreadCount)
            orderby threads.Key
            from @group in ConditionGroup.Split([.. threads])
            where @group.Results.Select(result => result.RunId).Distinct().Skip(1).Any()
            select new ReportChart(
                $"Throughput over time, {threads.Key} threads: {@group.Label}",
                new ChartAxis("Start of the run, UTC", AxisScale.Linear, AxisFormat.Date),
                new ChartAxis("Operations per second (log scale)", AxisScale.Log10, AxisFormat.Rate),
                [
                    .. ChartSection.SeriesPerKind(
                        @group.Results, palette, result => result.Kind, result => result.StartedUtc,
                        result => result.StartedUtc.ToOADate(), result => result.OpsPerSec),
                    .. Marks(@group.Results, regressions, palette),
                ]);
        return ChartSection.Build("History", [.. charts]);
    }

    private static IEnumerable<ChartSeries> Marks(
        IReadOnlyList<PoolBenchmarkResult> results, IEnumerable<PoolRegression> regressions, KindPalette palette)
    {
        var byStart = results.ToLookup(result => (result.Kind, result.RunId));
        return from regression in regressions
               from result in byStart[(regression.Kind, regression.RunId)].Take(1)
               where result.HostName == regression.HostName && result.Workload == regression.Workload
                   && result.Capacity == regression.Capacity && result.BulkSize == regression.BulkSize
               group result by result.Kind into kind
               select new ChartSeries(
                   $"{kind.Key} became slower",
                   palette[kind.Key] with { IsMark = true },
                   [.. kind.OrderBy(result => result.StartedUtc).Select(result => new ChartValue(result.StartedUtc.ToOADate(), result.OpsPerSec))]);
    }
}
