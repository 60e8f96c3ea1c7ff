using KretPool.Results;

namespace KretPool.Analysis.Report;

/// <summary>Latency percentiles over threads, a line per kind, a chart per percentile and set of conditions.</summary>
internal static class LatencySection
{
    private static readonly (string Name, Func<PoolBenchmarkResult, double?> Of)[] s_percentiles =
    [
        ("Median", result => result.P50Ns),
        ("99th percentile", result => result.P99Ns),
        ("99.9th percentile", result => result.P999Ns),
    ];

    public static ReportSection? Build(IEnumerable<PoolBenchmarkResult> results, KindPalette palette)
    {
        PoolBenchmarkResult[] measured = [.. results.Where(result => result.P50Ns > 0)];
        var charts =
            from percentile in s_percentiles
            from @group in ConditionGroup.Split(measured)
            select new ReportChart(
                $"{percentile.Name} of latency over threads: {@group.Label}",
                new ChartAxis("Threads", AxisScale.Log2, AxisFormat.Number),
                new ChartAxis("Nanoseconds per operation (log scale)", AxisScale.Log10, AxisFormat.Number),
                ChartSection.SeriesPerKind(
                    @group.Results, palette, result => result.Kind, result => result.StartedUtc,
                    result => result.ThreadCount, percentile.Of));
        return ChartSection.Build("Latency", [.. charts]);
    }
}
