namespace KretPool.Analysis.Report;

/// <summary>A chart of lines with markers, or of bars.</summary>
/// <param name="Title">Its title.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Series">The lines, with unique names.</param>
public sealed record ReportChart(string Title, ChartAxis X, ChartAxis Y, IReadOnlyList<ChartSeries> Series)
{
    /// <summary>Names of the places along the horizontal axis, the first at 0; null where the axis has numbers.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>Whether values are bars from zero instead of lines. Such a chart has categories.</summary>
    public bool HasBars { get; init; }

    /// <summary>The chart in a sentence, for those who do not see it.</summary>
    public string Description
    {
        get
        {
            var highest = (from series in Series
                           from value in series.Values
                           where !series.Look.IsMark && !series.Look.IsThin
                           orderby value.Y descending
                           select $" Highest: {series.Name} with {AxisLabel.Of(value.Y, Y.Format)} at {PlaceName(value.X)}.").FirstOrDefault();
            return $"{(HasBars ? "Bars" : "Lines")}. {Title}. {Y.Title} over {X.Title} for "
                + $"{string.Join(", ", Series.Select(series => series.Name))}.{highest}";
        }
    }

    /// <summary>What stands at a place along the horizontal axis.</summary>
    /// <param name="x">The place.</param>
    /// <returns>Its category, or the number as the axis shows it.</returns>
    internal string PlaceName(double x) => Categories is null ? AxisLabel.Of(x, X.Format) : Categories[(int)x];
}

/// <summary>An axis.</summary>
/// <param name="Title">Its title, with the unit.</param>
/// <param name="Scale">How values are spread along it.</param>
/// <param name="Format">How values are shown along it.</param>
public sealed record ChartAxis(string Title, AxisScale Scale, AxisFormat Format);

/// <summary>How values are spread along an axis.</summary>
public enum AxisScale
{
    /// <summary>Evenly.</summary>
    Linear,

    /// <summary>By logarithm, a tick for each doubling.</summary>
    Log2,

    /// <summary>By logarithm, a tick for each power of ten.</summary>
    Log10,
}

/// <summary>How values are shown along an axis.</summary>
public enum AxisFormat
{
    /// <summary>A number with thousands set apart.</summary>
    Number,

    /// <summary>A rate, in K, M or G.</summary>
    Rate,

    /// <summary>How many times as much.</summary>
    Ratio,

    /// <summary>A share of 1, in percent.</summary>
    Percent,

    /// <summary>A day; the values are days since 30 December 1899, as spreadsheets count.</summary>
    Date,

    /// <summary>A minute of a day, where days are too coarse.</summary>
    Minute,
}

/// <summary>A line of a chart.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Look">Its colour, marker and dashes.</param>
/// <param name="Values">Its values in ascending order of X.</param>
public sealed record ChartSeries(string Name, SeriesLook Look, IReadOnlyList<ChartValue> Values);

/// <summary>A value of a line.</summary>
/// <param name="X">Where it stands.</param>
/// <param name="Y">How high.</param>
public readonly record struct ChartValue(double X, double Y);
