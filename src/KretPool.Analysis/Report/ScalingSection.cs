using KretPool.Results;

namespace KretPool.Analysis.Report;

/// <summary>Measured throughput over threads with the fitted law beside it, up to the thread counts that it predicts.</summary>
internal static class ScalingSection
{
    private static readonly ChartAxis s_threads = new("Threads", AxisScale.Log2, AxisFormat.Number);
    private static readonly ChartAxis s_rate = new("Operations per second (log scale)", AxisScale.Log10, AxisFormat.Rate);

    public static ReportSection? Build(
        IEnumerable<PoolEfficiency> efficiencies, IEnumerable<PoolScaling> scalings, KindPalette palette)
    {
        var predictions = scalings.Where(row => row.HasClaim).ToLookup(row => new Conditions(
            row.HostName, row.Workload, row.Capacity, row.BulkSize, row.ObjectSize, row.Placement, row.MemoryPolicy));
        var charts =
            from row in efficiencies
            group row by new Conditions(
                row.HostName, row.Workload, row.Capacity, row.BulkSize, row.ObjectSize, row.Placement, row.MemoryPolicy)
            into measured
            where measured.Any(row => row.FittedOpsPerSec is not null)
            select new ReportChart(
                $"Scaling law: {measured.Key.Label}", s_threads, s_rate,
                [.. palette.Kinds.SelectMany(kind => Lines(kind, palette[kind], measured, predictions[measured.Key]))]);
        return ChartSection.Build("Scaling", [.. charts]);
    }

    // What was measured, and thin beside it what the law says.
    private static IEnumerable<ChartSeries> Lines(
        string kind, SeriesLook look, IEnumerable<PoolEfficiency> measured, IEnumerable<PoolScaling> predictions)
    {
        var rows = measured.Where(row => string.Equals(row.Kind, kind, StringComparison.OrdinalIgnoreCase)).ToList();
        if (rows.Count == 0)
        {
            return [];
        }

        var predicted =
            from row in predictions
            where string.Equals(row.Kind, kind, StringComparison.OrdinalIgnoreCase)
                && row is { PredictedThreadCount: > 0, PredictedOpsPerSec: > 0 }
            select new ChartValue(row.PredictedThreadCount!.Value, row.PredictedOpsPerSec!.Value);
        var line = new ChartSeries(kind, look, InOrder(rows.Select(row => new ChartValue(row.ThreadCount, row.OpsPerSec))));
        ChartValue[] law =
        [
            .. from row in rows
               where row.FittedOpsPerSec > 0
               select new ChartValue(row.ThreadCount, row.FittedOpsPerSec!.Value),
        ];
        return law.Length == 0
            ? [line]
            : [line, new($"{kind}, law", look with { Dash = look.Dash + 1, IsThin = true }, InOrder(law.Concat(predicted)))];
    }

    // A thread count at a border belongs to both sides, and is shown once.
    private static IReadOnlyList<ChartValue> InOrder(IEnumerable<ChartValue> values) =>
        [.. values.DistinctBy(value => value.X).OrderBy(value => value.X)];

    private sealed record Conditions(
        string Host, string Workload, int Capacity, int Bulk, int ObjectSize, string Placement, string MemoryPolicy)
    {
        public string Label => FormattableString.Invariant(
            $"{Workload}, {(Capacity > 0 ? $"capacity {Capacity}" : "capacity by threads")}, bulk {Bulk}, {Host}");
    }
}
