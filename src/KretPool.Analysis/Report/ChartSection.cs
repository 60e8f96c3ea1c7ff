namespace KretPool.Analysis.Report;

/// <summary>A section of charts, one per set of conditions.</summary>
internal static class ChartSection
{
    private const int MaxCharts = 24;

    /// <summary>A section of charts; null if there are none with a line.</summary>
    public static ReportSection? Build(string name, IEnumerable<ReportChart> all)
    {
        ReportChart[] charts = [.. all.Where(chart => chart.Series.Count > 0)];
        if (charts.Length == 0)
        {
            return null;
        }

        IEnumerable<ReportBlock> blocks = charts.Take(MaxCharts).Select(chart => new ChartBlock(chart));
        if (charts.Length > MaxCharts)
        {
            blocks = blocks.Prepend(new TextBlock(
                TextRole.Paragraph,
                $"Charts of the first {MaxCharts} of {charts.Length} sets of conditions. All numbers are on the sheet Results."));
        }

        return new ReportSection(name, [.. blocks]);
    }

    /// <summary>A line per kind. Of several values at the same place the latest counts; those that a logarithm cannot
    /// show are left out.</summary>
    public static IReadOnlyList<ChartSeries> SeriesPerKind<T>(
        IEnumerable<T> items,
        KindPalette palette,
        Func<T, string> kindOf,
        Func<T, DateTime> timeOf,
        Func<T, double> x,
        Func<T, double?> y)
    {
        var byKind = items.Where(item => y(item) > 0).ToLookup(kindOf, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. from kind in palette.Kinds
               where byKind.Contains(kind)
               select new ChartSeries(kind, palette[kind],
               [
                   .. from item in byKind[kind]
                      group item by x(item) into place
                      orderby place.Key
                      select new ChartValue(place.Key, y(place.MaxBy(timeOf)!)!.Value),
               ]),
        ];
    }
}
