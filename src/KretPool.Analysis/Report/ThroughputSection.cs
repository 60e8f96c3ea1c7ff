using KretPool.Results;

namespace KretPool.Analysis.Report;

/// <summary>Operations per second over threads, a line per kind, a chart per set of conditions.</summary>
internal static class ThroughputSection
{
    private static readonly ConditionCharts s_charts = new(
        "Throughput",
        new ChartAxis("Operations per second (log scale)", AxisScale.Log10, AxisFormat.Rate),
        new ChartAxis("Operations per second", AxisScale.Linear, AxisFormat.Rate));

    public static ReportSection? Build(IReadOnlyCollection<PoolBenchmarkResult> results, KindPalette palette) =>
        ChartSection.Build(
            "Throughput",
            s_charts.Build([.. results.Select(result => MeasuredValue.Of(result, result.OpsPerSec))], palette));
}
