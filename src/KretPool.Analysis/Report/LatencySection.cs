using KretPool.Results;

namespace KretPool.Analysis.Report;

/// <summary>
/// Latency percentiles, a line per kind: all of them with the most threads of each set of conditions, and some over threads.
/// </summary>
internal static class LatencySection
{
    private static readonly (string Name, Func<PoolBenchmarkResult, double?> Of)[] s_profile =
    [
        ("Median", result => result.P50Ns),
        ("90 %", result => result.P90Ns),
        ("99 %", result => result.P99Ns),
        ("99.9 %", result => result.P999Ns),
        ("Longest", result => result.MaxNs),
    ];

    private static readonly (string Name, Func<PoolBenchmarkResult, double?> Of)[] s_overThreads =
    [
        ("Median latency", result => result.P50Ns),
        ("99th percentile of latency", result => result.P99Ns),
        ("99.9th percentile of latency", result => result.P999Ns),
    ];

    private static readonly ChartAxis s_latency = new("Nanoseconds per operation (log scale)", AxisScale.Log10, AxisFormat.Number);

    public static ReportSection? Build(IEnumerable<PoolBenchmarkResult> results, KindPalette palette)
    {
        MeasuredValue[] measured =
            [.. results.Where(result => result.P50Ns > 0).Select(result => MeasuredValue.Of(result, result.P50Ns))];
        var groups = ConditionGroup.Split(measured);
        var overThreads =
            from percentile in s_overThreads
            from @group in groups
            where @group.CountOf(result => result.ThreadCount) > 1
            select new ReportChart(
                $"{percentile.Name} over threads: {@group.Label}",
                new ChartAxis("Threads", AxisScale.Log2, AxisFormat.Number),
                s_latency,
                ChartSection.SeriesPerKind(
                    @group.Values.Select(value => value with { Value = percentile.Of(value.Conditions) }),
                    palette, value => value.Conditions.ThreadCount));
        return ChartSection.Build("Latency", [.. groups.Select(group => Profile(group, palette)), .. overThreads]);
    }

    private static ReportChart Profile(ConditionGroup group, KindPalette palette)
    {
        int threads = group.Values.Max(value => value.Conditions.ThreadCount);
        var points =
            from value in @group.Values
            where value.Conditions.ThreadCount == threads
            from percentile in s_profile.Index()
            select ((double)percentile.Index, value with { Value = percentile.Item.Of(value.Conditions) });
        return new ReportChart(
            $"Latency percentiles with {ConditionCharts.Count(threads)}: {group.Label}",
            new ChartAxis("Share of the operations that took no longer", AxisScale.Linear, AxisFormat.Number),
            s_latency,
            ChartSection.SeriesPerKind(points, palette))
        {
            Categories = [.. s_profile.Select(percentile => percentile.Name)],
        };
    }
}
