using KretPool.Results;

namespace KretPool.Analysis.Report;

/// <summary>Operations per second over threads, a line per kind, a chart per set of conditions.</summary>
internal static class ThroughputSection
{
    public static ReportSection? Build(IReadOnlyCollection<PoolBenchmarkResult> results, KindPalette palette) =>
        ChartSection.Build("Throughput", ConditionGroup.Split(results).Select(group => new ReportChart(
            $"Throughput over threads: {group.Label}",
            new ChartAxis("Threads", AxisScale.Log2, AxisFormat.Number),
            new ChartAxis("Operations per second (log scale)", AxisScale.Log10, AxisFormat.Rate),
            ChartSection.SeriesPerKind(
                group.Results, palette, result => result.Kind, result => result.StartedUtc,
                result => result.ThreadCount, result => result.OpsPerSec))));
}
