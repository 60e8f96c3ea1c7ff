using KretPool.Results;

namespace KretPool.Analysis.Report;

/// <summary>Measured throughput over threads with the fitted law beside it.</summary>
internal static class ScalingSection
{
    public static ReportSection? Build(IEnumerable<PoolEfficiency> efficiencies, KindPalette palette)
    {
        var claimed = efficiencies.Where(row => row.FittedOpsPerSec is not null).ToList();
        var charts =
            from row in claimed
            group row by (
                row.HostName, row.Workload, row.Capacity, row.BulkSize, row.ObjectSize, row.Placement, row.MemoryPolicy)
            into conditions
            let key = conditions.Key
            let capacity = key.Capacity > 0 ? FormattableString.Invariant($"capacity {key.Capacity}") : "capacity by threads"
            select new ReportChart(
                $"Scaling law: {key.Workload}, {capacity}, bulk {key.BulkSize}, {key.HostName}",
                new ChartAxis("Threads", AxisScale.Log2, AxisFormat.Number),
                new ChartAxis("Operations per second (log scale)", AxisScale.Log10, AxisFormat.Rate),
                [.. palette.Kinds.SelectMany(kind => Lines(kind, palette[kind], conditions))]);
        return ChartSection.Build("Scaling", [.. charts]);
    }

    // What was measured, and thin beside it what the law says.
    private static IEnumerable<ChartSeries> Lines(string kind, SeriesLook look, IEnumerable<PoolEfficiency> conditions)
    {
        var rows = conditions.Where(row => string.Equals(row.Kind, kind, StringComparison.OrdinalIgnoreCase))
            .OrderBy(row => row.ThreadCount).ToList();
        return rows.Count == 0
            ? []
            :
            [
                new(kind, look, [.. rows.Select(row => new ChartValue(row.ThreadCount, row.OpsPerSec))]),
                new(
                    $"{kind}, law",
                    look with { Dash = look.Dash + 1, IsThin = true },
                    [.. rows.Select(row => new ChartValue(row.ThreadCount, row.FittedOpsPerSec!.Value))]),
            ];
    }
}
