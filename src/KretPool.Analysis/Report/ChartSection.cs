namespace KretPool.Analysis.Report;

/// <summary>A section of charts, one per set of conditions.</summary>
internal static class ChartSection
{
    private const int MaxCharts = 24;

    // What spreadsheets take in one chart.
    private const int MaxSeries = 255;

    /// <summary>A section of charts; null if there are none with a line.</summary>
    public static ReportSection? Build(string name, IEnumerable<ReportChart> all)
    {
        ReportChart[] charts = [.. all.Where(chart => chart.Series.Count > 0)];
        if (charts.Length == 0)
        {
            return null;
        }

        IEnumerable<ReportBlock> blocks = charts.Take(MaxCharts)
            .Select(chart => new ChartBlock(chart with { Series = [.. chart.Series.Take(MaxSeries)] }));
        if (charts.Length > MaxCharts)
        {
            blocks = blocks.Prepend(new TextBlock(
                TextRole.Paragraph,
                $"Charts of the first {MaxCharts} of {charts.Length} sets of conditions. All numbers are in the table Results."));
        }

        return new ReportSection(name, [.. blocks]);
    }

    /// <summary>A line per kind. Of several values at the same place the latest counts.</summary>
    /// <param name="values">The values.</param>
    /// <param name="palette">The looks of the kinds.</param>
    /// <param name="place">Where a value stands along the horizontal axis.</param>
    /// <param name="withZero">Whether the vertical axis can show a zero.</param>
    public static IReadOnlyList<ChartSeries> SeriesPerKind(
        IEnumerable<MeasuredValue> values, KindPalette palette, Func<MeasuredValue, double> place, bool withZero = false) =>
        SeriesPerKind(values.Select(value => (place(value), value)), palette, withZero);

    /// <summary>The same of values and where they stand.</summary>
    public static IReadOnlyList<ChartSeries> SeriesPerKind(
        IEnumerable<(double Place, MeasuredValue Value)> points, KindPalette palette, bool withZero = false)
    {
        var byKind = points.Where(point => point.Value.CanBeShown(withZero))
            .ToLookup(point => point.Value.Kind, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. from kind in palette.Kinds
               where byKind.Contains(kind)
               select new ChartSeries(kind, palette[kind],
               [
                   .. from point in byKind[kind]
                      group point.Value by point.Place into same
                      orderby same.Key
                      select new ChartValue(same.Key, same.MaxBy(value => value.StartedUtc)!.Value!.Value),
               ]),
        ];
    }
}
