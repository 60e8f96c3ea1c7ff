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
            group row by (row.HostName, row.Workload, row.Capacity, row.BulkSize, row.ObjectSize, row.Placement, row.MemoryPolicy) into conditions
            select new ReportChart(
                $"Scaling law: {conditions.Key.Workload}, capacity {(conditions.Key.Capacity > 0 ? conditions.Key.Capacity : "by threads")}, bulk {conditions.Key.BulkSize}, {conditions.Key.HostName}",
                new ChartAxis("Threads", AxisScale.Log2, AxisFormat.Number),
                new ChartAxis("Operations per second (log scale)", AxisScale.Log10, AxisFormat.Rate),
                [
                    .. from kind in palette.Kinds
                       let rows = conditions.Where(row => string.Equals(row.Kind, kind, StringComparison.OrdinalIgnoreCase)).OrderBy(row => row.ThreadCount).ToList()
                       where rows.Count > 0
                       from line in new[]
                       {
                           new ChartSeries(kind, palette[kind], [.. rows.Select(row => new ChartValue(row.ThreadCount, row.OpsPerSec))]),
                           new ChartSeries($"{kind}, law", palette[kind] with { Dash = palette[kind].Dash + 1, IsThin = true }, [.. rows.Select(row => new ChartValue(row.ThreadCount, row.FittedOpsPerSec!.Value))]),
                       }
                       select line,
                ]);
        return ChartSection.Build("Scaling", [.. charts]);
    }
}
