using System.Globalization;
using DocumentFormat.OpenXml.Drawing.Charts;
using A = DocumentFormat.OpenXml.Drawing;

namespace KretPool.Analysis.Report.Xlsx;

/// <summary>A chart in DrawingML: lines with markers over a numeric axis, editable where it is opened.</summary>
internal static class ChartMarkup
{
    private const uint XAxisId = 1;
    private const uint YAxisId = 2;

    private static readonly MarkerStyleValues[] s_markers =
    [
        MarkerStyleValues.Circle, MarkerStyleValues.Square, MarkerStyleValues.Diamond, MarkerStyleValues.Triangle,
        MarkerStyleValues.X, MarkerStyleValues.Plus, MarkerStyleValues.Star,
    ];

    private static readonly A.PresetLineDashValues[] s_dashes =
        [A.PresetLineDashValues.Solid, A.PresetLineDashValues.Dash, A.PresetLineDashValues.SystemDot, A.PresetLineDashValues.DashDot];

    public static ChartSpace Build(PlacedChart placed)
    {
        var chart = placed.Chart;
        var x = AxisRange.Of(chart.X, placed.Places);
        var y = AxisRange.Of(chart.Y, chart.Series.SelectMany(series => series.Values.Select(value => value.Y)));
        var plot = new ScatterChart(
            new ScatterStyle { Val = ScatterStyleValues.LineMarker }, new VaryColors { Val = false });
        plot.Append(chart.Series.Select((series, i) => MakeSeries(placed, series, i)));
        plot.Append(new AxisId { Val = XAxisId }, new AxisId { Val = YAxisId });
        return new ChartSpace(
            new Date1904 { Val = false },
            new RoundedCorners { Val = false },
            new Chart(
                MakeTitle(chart.Title, 1400),
                new AutoTitleDeleted { Val = false },
                new PlotArea(
                    new Layout(),
                    plot,
                    MakeAxis(XAxisId, YAxisId, AxisPositionValues.Bottom, chart.X, x),
                    MakeAxis(YAxisId, XAxisId, AxisPositionValues.Left, chart.Y, y)),
                new Legend(new LegendPosition { Val = LegendPositionValues.Right }, new Overlay { Val = false }),
                new PlotVisibleOnly { Val = true },
                new DisplayBlanksAs { Val = DisplayBlanksAsValues.Span }));
    }

    private static ScatterChartSeries MakeSeries(PlacedChart placed, ChartSeries series, int index)
    {
        int first = placed.HeaderRow + 1;
        int last = placed.HeaderRow + placed.Places.Count;
        var values = series.Values.ToDictionary(value => value.X, value => value.Y);
        string name = FormattableString.Invariant($"'{placed.SheetName}'!${CellReference.Column(index + 1)}${placed.HeaderRow}");
        return new ScatterChartSeries(
            new DocumentFormat.OpenXml.Drawing.Charts.Index { Val = (uint)index },
            new Order { Val = (uint)index },
            new SeriesText(new StringReference(
                new Formula(name),
                new StringCache(
                    new PointCount { Val = 1 },
                    new StringPoint(new NumericValue(CellText.Clean(series.Name))) { Index = 0 }))),
            new ChartShapeProperties(Line(series.Look)),
            new Marker(
                new Symbol { Val = series.Look.IsThin ? MarkerStyleValues.None : s_markers[series.Look.Marker % s_markers.Length] },
                new Size { Val = (byte)(series.Look.IsMark ? 14 : 7) },
                new ChartShapeProperties(
                    new A.SolidFill(new A.RgbColorModelHex { Val = series.Look.Colour }),
                    new A.Outline(new A.SolidFill(new A.RgbColorModelHex { Val = series.Look.Colour })) { Width = 9_525 })),
            new XValues(Numbers(CellReference.Range(placed.SheetName, 0, first, last), placed.Places.Select(place => (double?)place))),
            new YValues(Numbers(
                CellReference.Range(placed.SheetName, index + 1, first, last),
                placed.Places.Select(place => values.TryGetValue(place, out double y) ? y : (double?)null))),
            new Smooth { Val = false });
    }

    // Widths are in English Metric Units, 12,700 to a point.
    private static A.Outline Line(SeriesLook look) => look.IsMark
        ? new A.Outline(new A.NoFill())
        : new A.Outline(
            new A.SolidFill(new A.RgbColorModelHex { Val = look.Colour }),
            new A.PresetDash { Val = s_dashes[look.Dash % s_dashes.Length] },
            new A.Round())
        {
            Width = look.IsThin ? 12_700 : 28_575,
            CapType = A.LineCapValues.Round,
        };

    private static NumberReference Numbers(string range, IEnumerable<double?> values)
    {
        double?[] all = [.. values];
        var cache = new NumberingCache(new FormatCode("General"), new PointCount { Val = (uint)all.Length });
        foreach (var (i, value) in all.Index())
        {
            if (value is { } number)
            {
                cache.Append(new NumericPoint(new NumericValue(number.ToString("R", CultureInfo.InvariantCulture))) { Index = (uint)i });
            }
        }

        return new NumberReference(new Formula(range), cache);
    }

    private static ValueAxis MakeAxis(uint id, uint crossingId, AxisPositionValues position, ChartAxis axis, AxisRange range)
    {
        var scaling = new DocumentFormat.OpenXml.Drawing.Charts.Scaling();
        if (range.LogBase is { } logBase)
        {
            scaling.Append(new LogBase { Val = logBase });
        }

        scaling.Append(new Orientation { Val = OrientationValues.MinMax }, new MaxAxisValue { Val = range.Max }, new MinAxisValue { Val = range.Min });
        return new ValueAxis(
            new AxisId { Val = id },
            scaling,
            new Delete { Val = false },
            new AxisPosition { Val = position },
            new MajorGridlines(new ChartShapeProperties(
                new A.Outline(new A.SolidFill(new A.RgbColorModelHex { Val = "D9D9D9" })) { Width = 9_525 })),
            MakeTitle(axis.Title, 1100),
            new NumberingFormat { FormatCode = FormatCode(axis.Format), SourceLinked = false },
            new MajorTickMark { Val = TickMarkValues.Outside },
            new MinorTickMark { Val = TickMarkValues.None },
            new TickLabelPosition { Val = TickLabelPositionValues.Low },
            new CrossingAxis { Val = crossingId },

            // At the lower end of the other axis, which for a logarithm is not where zero would be.
            new Crosses { Val = CrossesValues.Minimum },
            new CrossBetween { Val = CrossBetweenValues.MidpointCategory },
            new MajorUnit { Val = range.MajorUnit });
    }

    private static string FormatCode(AxisFormat format) => format switch
    {
        AxisFormat.Rate => "[>=1000000000]0.##,,,\" G\";[>=1000000]0.##,,\" M\";0.##,\" K\"",
        AxisFormat.Ratio => "#,##0.###\"×\"",
        AxisFormat.Percent => "0.##%",
        AxisFormat.Date => "yyyy-mm-dd",
        _ => "#,##0.##",
    };

    private static Title MakeTitle(string text, int size) => new(
        new ChartText(new RichText(
            new A.BodyProperties(),
            new A.Paragraph(new A.Run(
                new A.RunProperties { FontSize = size, Bold = true, Language = "en-US" },
                new A.Text(CellText.Clean(text)))))),
        new Overlay { Val = false });
}
