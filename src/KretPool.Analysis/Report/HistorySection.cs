using KretPool.Analysis.Statistics;
using KretPool.Results;

namespace KretPool.Analysis.Report;

/// <summary>
/// Throughput over time, a line per kind, with the runs marked at which a kind changed. Beside the rates each line stands
/// once more as a share of its own median: a fall of a fifth is then as large on every line.
/// </summary>
internal static class HistorySection
{
    private const double DaysAreEnough = 3;

    public static ReportSection? Build(
        IReadOnlyCollection<PoolBenchmarkResult> results, IReadOnlyCollection<PoolRegression> regressions, KindPalette palette)
    {
        if (results.Select(result => result.RunId).Distinct().Count() < 2)
        {
            return null;
        }

        var changes = regressions.ToLookup(change => (change.RunId, change.Kind, change.ThreadCount));
        var charts =
            from threads in results.GroupBy(result => result.ThreadCount)
            orderby threads.Key
            from @group in ConditionGroup.Split([.. threads.Select(result => MeasuredValue.Of(result, result.OpsPerSec))])
            where @group.Values.Select(value => value.Conditions.RunId).Distinct().Skip(1).Any()
            from chart in Charts(@group, threads.Key, changes, palette)
            select chart;
        return ChartSection.Build("History", [.. charts]);
    }

    private static ReportChart[] Charts(
        ConditionGroup group, int threads, ILookup<(Guid, string, int), PoolRegression> changes, KindPalette palette)
    {
        string label = $"{ConditionCharts.Count(threads)}: {group.Label}";
        double span = (group.Values.Max(value => value.StartedUtc) - group.Values.Min(value => value.StartedUtc)).TotalDays;
        var x = new ChartAxis(
            "Start of the run, UTC", AxisScale.Linear, span < DaysAreEnough ? AxisFormat.Minute : AxisFormat.Date);
        return
        [
            new ReportChart(
                $"Throughput over time, {label}", x,
                new ChartAxis("Operations per second (log scale)", AxisScale.Log10, AxisFormat.Rate),
                Series(group.Values, changes, palette)),
            new ReportChart(
                $"Throughput against the usual, {label}", x,
                new ChartAxis("Share of the kind's median over all runs", AxisScale.Linear, AxisFormat.Percent),
                Series([.. group.Values.GroupBy(value => value.Kind, StringComparer.OrdinalIgnoreCase).SelectMany(Relative)], changes, palette)),
        ];
    }

    private static IEnumerable<MeasuredValue> Relative(IEnumerable<MeasuredValue> kind)
    {
        MeasuredValue[] shown = [.. kind.Where(value => value.CanBeShown(withZero: false))];
        double median = shown.Length == 0 ? 1 : Median.Of(shown.Select(value => value.Value!.Value));
        return shown.Select(value => value with { Value = value.Value / median });
    }

    private static List<ChartSeries> Series(
        IReadOnlyList<MeasuredValue> values, ILookup<(Guid, string, int), PoolRegression> changes, KindPalette palette)
    {
        var marks =
            from value in values
            let conditions = value.Conditions
            from change in changes[(conditions.RunId, conditions.Kind, conditions.ThreadCount)]
            where change.HostName == conditions.HostName && change.Workload == conditions.Workload
                && change.Capacity == conditions.Capacity && change.ObjectSize == conditions.ObjectSize
                && change.BulkSize == conditions.BulkSize && change.Placement == conditions.Placement
                && change.MemoryPolicy == conditions.MemoryPolicy
            group value by (value.Kind, Word: change.Verdict == PoolVerdict.Slower ? "slower" : "faster") into marked
            from series in ChartSection.SeriesPerKind(marked, palette, Place)
            select series with { Name = $"{series.Name} became {marked.Key.Word}", Look = series.Look with { IsMark = true } };
        return [.. ChartSection.SeriesPerKind(values, palette, Place), .. marks];
    }

    private static double Place(MeasuredValue value) => value.StartedUtc.ToOADate();
}
