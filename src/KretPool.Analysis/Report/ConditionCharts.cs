using KretPool.Results;

namespace KretPool.Analysis.Report;

/// <summary>
/// Charts of a figure per kind: over threads where several thread counts were measured; else over capacity where several
/// capacities were; else a bar per kind.
/// </summary>
/// <param name="Figure">The figure's name, which titles begin with.</param>
/// <param name="Y">The axis of the lines.</param>
/// <param name="BarAxis">The axis of the bars, an even one, since a bar on a logarithmic one has no length.</param>
internal sealed record ConditionCharts(string Figure, ChartAxis Y, ChartAxis BarAxis)
{
    private static readonly ChartAxis s_threads = new("Threads", AxisScale.Log2, AxisFormat.Number);
    private static readonly ChartAxis s_capacity = new("Capacity in objects", AxisScale.Log2, AxisFormat.Number);

    /// <summary>Makes the charts.</summary>
    /// <param name="values">The figure under all conditions.</param>
    /// <param name="palette">The looks of the kinds.</param>
    public IEnumerable<ReportChart> Build(IReadOnlyCollection<MeasuredValue> values, KindPalette palette)
    {
        var groups = ConditionGroup.Split(values).ToLookup(group => group.CountOf(result => result.ThreadCount) > 1);
        var overThreads = groups[true].Select(group => new ReportChart(
            $"{Figure} over threads: {group.Label}", s_threads, Y,
            ChartSection.SeriesPerKind(group.Values, palette, value => value.Conditions.ThreadCount)));
        return overThreads.Concat(WithOneThreadCount([.. groups[false].SelectMany(group => group.Values)], palette));
    }

    private IEnumerable<ReportChart> WithOneThreadCount(List<MeasuredValue> values, KindPalette palette) =>
        from threads in values.GroupBy(value => value.Conditions.ThreadCount)
        orderby threads.Key
        from byCapacity in ConditionGroup.Split([.. threads], exceptFor: nameof(PoolBenchmarkResult.Capacity))
        let hasCapacities = byCapacity.CountOf(result => result.Capacity) > 1
            && byCapacity.Values.All(value => value.Conditions.Capacity > 0)
        select hasCapacities ? OverCapacity(byCapacity, threads.Key, palette) : Bars(byCapacity, threads.Key, palette);

    private ReportChart OverCapacity(ConditionGroup group, int threads, KindPalette palette) => new(
        $"{Figure} over capacity, {Count(threads)}: {group.Label}", s_capacity, Y,
        ChartSection.SeriesPerKind(group.Values, palette, value => value.Conditions.Capacity));

    private ReportChart Bars(ConditionGroup group, int threads, KindPalette palette) => new(
        $"{Figure} with {Count(threads)}: {group.Label}",
        new ChartAxis("Threads", AxisScale.Linear, AxisFormat.Number),
        BarAxis,
        ChartSection.SeriesPerKind(group.Values, palette, _ => 0))
    {
        Categories = [Count(threads)],
        HasBars = true,
    };

    /// <summary>A number of threads in words.</summary>
    public static string Count(int threads) => FormattableString.Invariant($"{threads} {(threads == 1 ? "thread" : "threads")}");
}
