using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Drawing.Charts;
using A = DocumentFormat.OpenXml.Drawing;

namespace KretPool.Analysis.Report.Xlsx;

/// <summary>A chart in DrawingML, editable where it is opened: lines over numbers or categories, or bars.</summary>
internal static class ChartMarkup
{
    private const uint XAxisId = 1;
    private const uint YAxisId = 2;

    // Hundredths of a point.
    private const int TitleSize = 1400;
    private const int AxisTitleSize = 1000;

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
        var y = AxisRange.Of(chart.Y, chart.Series.SelectMany(series => series.Values.Select(value => value.Y)));
        var plot = MakePlot(placed);
        plot.Append(new AxisId { Val = XAxisId }, new AxisId { Val = YAxisId });
        var crossing = chart.Categories is null ? CrossBetweenValues.MidpointCategory : CrossBetweenValues.Between;
        return new ChartSpace(
            new Date1904 { Val = false },
            new EditingLanguage { Val = "en-US" },
            new RoundedCorners { Val = false },
            new Chart(
                MakeTitle(chart.Title, TitleSize),
                new AutoTitleDeleted { Val = false },
                new PlotArea(
                    new Layout(),
                    plot,
                    chart.Categories is null
                        ? MakeAxis(XAxisId, YAxisId, AxisPositionValues.Bottom, chart.X, AxisRange.Of(chart.X, placed.Places), crossing)
                        : MakeCategoryAxis(chart.X),
                    MakeAxis(YAxisId, XAxisId, AxisPositionValues.Left, chart.Y, y, crossing)),
                new Legend(new LegendPosition { Val = LegendPositionValues.Right }, new Overlay { Val = false }),
                new PlotVisibleOnly { Val = true },
                new DisplayBlanksAs { Val = DisplayBlanksAsValues.Span }));
    }

    private static OpenXmlCompositeElement MakePlot(PlacedChart placed)
    {
        var chart = placed.Chart;
        if (chart.Categories is null)
        {
            var scatter = new ScatterChart(new ScatterStyle { Val = ScatterStyleValues.LineMarker }, new VaryColors { Val = false });
            scatter.Append(chart.Series.Select((series, i) => MakeScatter(placed, series, i)));
            return scatter;
        }

        if (chart.HasBars)
        {
            var bars = new BarChart(
                new BarDirection { Val = BarDirectionValues.Column },
                new BarGrouping { Val = BarGroupingValues.Clustered },
                new VaryColors { Val = false });
            bars.Append(chart.Series.Select((series, i) => MakeBar(placed, series, i)));
            bars.Append(new GapWidth { Val = 60 }, new Overlap { Val = -10 });
            return bars;
        }

        var lines = new LineChart(new Grouping { Val = GroupingValues.Standard }, new VaryColors { Val = false });
        lines.Append(chart.Series.Select((series, i) => MakeLine(placed, series, i)));
        lines.Append(new ShowMarker { Val = true });
        return lines;
    }

    private static ScatterChartSeries MakeScatter(PlacedChart placed, ChartSeries series, int index) =>
        MakeSeries<ScatterChartSeries>(
            placed,
            index,
            new ChartShapeProperties(Line(series.Look)),
            MakeMarker(series.Look),
            new XValues(Numbers(placed.PlaceRange, placed.Places.Select(place => (double?)place))),
            new YValues(Values(placed, series, index)),
            new Smooth { Val = false });

    private static LineChartSeries MakeLine(PlacedChart placed, ChartSeries series, int index) =>
        MakeSeries<LineChartSeries>(
            placed,
            index,
            new ChartShapeProperties(Line(series.Look)),
            MakeMarker(series.Look),
            new CategoryAxisData(Names(placed)),
            new Values(Values(placed, series, index)),
            new Smooth { Val = false });

    private static BarChartSeries MakeBar(PlacedChart placed, ChartSeries series, int index) =>
        MakeSeries<BarChartSeries>(
            placed,
            index,
            new ChartShapeProperties(Fill(series.Look)),
            new InvertIfNegative { Val = false },
            new DataLabels(
                new NumberingFormat { FormatCode = AxisLabel.CodeOfValue(placed.Chart.Y.Format), SourceLinked = false },
                new DataLabelPosition { Val = DataLabelPositionValues.OutsideEnd },
                new ShowLegendKey { Val = false },
                new ShowValue { Val = true },
                new ShowCategoryName { Val = false },
                new ShowSeriesName { Val = false },
                new ShowPercent { Val = false },
                new ShowBubbleSize { Val = false }),
            new CategoryAxisData(Names(placed)),
            new Values(Values(placed, series, index)));

    private static T MakeSeries<T>(PlacedChart placed, int index, params OpenXmlElement[] parts)
        where T : OpenXmlCompositeElement, new()
    {
        var markup = new T();
        markup.Append(Identity(placed, index));
        markup.Append(parts);
        return markup;
    }

    private static OpenXmlElement[] Identity(PlacedChart placed, int index) =>
    [
        new DocumentFormat.OpenXml.Drawing.Charts.Index { Val = (uint)index },
        new Order { Val = (uint)index },
        new SeriesText(new StringReference(
            new Formula(placed.NameCell(index)),
            new StringCache(
                new PointCount { Val = 1 },
                new StringPoint(new NumericValue(placed.Headers[index + 1])) { Index = 0 }))),
    ];

    private static Marker MakeMarker(SeriesLook look) => new(
        new Symbol { Val = look.IsThin ? MarkerStyleValues.None : look.IsMark ? MarkerStyleValues.Circle : s_markers[look.Marker % s_markers.Length] },
        new Size { Val = (byte)(look.IsMark ? 16 : 7) },
        new ChartShapeProperties(
            look.IsMark ? new A.NoFill() : Fill(look),
            new A.Outline(Fill(look)) { Width = look.IsMark ? 28_575 : 9_525 }));

    // Widths are in English Metric Units, 12,700 to a point.
    private static A.Outline Line(SeriesLook look) => look.IsMark
        ? new A.Outline(new A.NoFill())
        : new A.Outline(
            Fill(look),
            new A.PresetDash { Val = s_dashes[look.Dash % s_dashes.Length] },
            new A.Round())
        {
            Width = look.IsThin ? 12_700 : 28_575,
            CapType = A.LineCapValues.Round,
        };

    private static A.SolidFill Fill(SeriesLook look) => new(new A.RgbColorModelHex { Val = look.Colour });

    private static StringReference Names(PlacedChart placed)
    {
        var cache = new StringCache(new PointCount { Val = (uint)placed.Places.Count });
        cache.Append(placed.Places.Select((place, i) =>
            new StringPoint(new NumericValue(CellText.Clean(placed.Chart.PlaceName(place)))) { Index = (uint)i }));
        return new StringReference(new Formula(placed.PlaceRange), cache);
    }

    private static NumberReference Values(PlacedChart placed, ChartSeries series, int index)
    {
        var values = series.Values.ToDictionary(value => value.X, value => value.Y);
        return Numbers(
            placed.ValueRange(index),
            placed.Places.Select(place => values.TryGetValue(place, out double y) ? y : (double?)null));
    }

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

    private static ValueAxis MakeAxis(
        uint id, uint crossingId, AxisPositionValues position, ChartAxis axis, AxisRange range, CrossBetweenValues crossing)
    {
        var scaling = new DocumentFormat.OpenXml.Drawing.Charts.Scaling();
        if (range.LogBase is { } logBase)
        {
            scaling.Append(new LogBase { Val = logBase });
        }

        scaling.Append(new Orientation { Val = OrientationValues.MinMax }, new MaxAxisValue { Val = range.Max }, new MinAxisValue { Val = range.Min });
        var gridlines = new MajorGridlines(new ChartShapeProperties(Hairline("D9D9D9")));
        var markup = new ValueAxis(
            new AxisId { Val = id },
            scaling,
            new Delete { Val = false },
            new AxisPosition { Val = position },
            gridlines,
            MakeTitle(axis.Title, AxisTitleSize, isUpright: position == AxisPositionValues.Left),
            new NumberingFormat { FormatCode = AxisLabel.Code(axis.Format, range), SourceLinked = false },
            new MajorTickMark { Val = TickMarkValues.Outside },
            new MinorTickMark { Val = TickMarkValues.None },
            new TickLabelPosition { Val = TickLabelPositionValues.Low },
            new ChartShapeProperties(Hairline("7F7F7F")),
            new CrossingAxis { Val = crossingId },

            // At the lower end of the other axis, which for a logarithm is not where zero would be.
            new Crosses { Val = CrossesValues.Minimum },
            new CrossBetween { Val = crossing },
            new MajorUnit { Val = range.MajorUnit });
        if (range.LogBase == 10)
        {
            markup.InsertAfter(new MinorGridlines(new ChartShapeProperties(Hairline("F2F2F2"))), gridlines);
        }

        return markup;
    }

    private static CategoryAxis MakeCategoryAxis(ChartAxis axis) => new(
        new AxisId { Val = XAxisId },
        new DocumentFormat.OpenXml.Drawing.Charts.Scaling(new Orientation { Val = OrientationValues.MinMax }),
        new Delete { Val = false },
        new AxisPosition { Val = AxisPositionValues.Bottom },
        MakeTitle(axis.Title, AxisTitleSize),
        new NumberingFormat { FormatCode = "General", SourceLinked = false },
        new MajorTickMark { Val = TickMarkValues.Outside },
        new MinorTickMark { Val = TickMarkValues.None },
        new TickLabelPosition { Val = TickLabelPositionValues.Low },
        new ChartShapeProperties(Hairline("7F7F7F")),
        new CrossingAxis { Val = YAxisId },
        new Crosses { Val = CrossesValues.Minimum },
        new AutoLabeled { Val = false },
        new LabelAlignment { Val = LabelAlignmentValues.Center },
        new LabelOffset { Val = 100 },
        new NoMultiLevelLabels { Val = true });

    private static A.Outline Hairline(string colour) =>
        new(new A.SolidFill(new A.RgbColorModelHex { Val = colour })) { Width = 9_525 };

    private static Title MakeTitle(string text, int size, bool isUpright = false)
    {
        // In 60,000ths of a degree.
        var body = isUpright ? new A.BodyProperties { Rotation = -5_400_000, Vertical = A.TextVerticalValues.Horizontal } : new A.BodyProperties();
        return new Title(
            new ChartText(new RichText(
                body,
                new A.Paragraph(new A.Run(
                    new A.RunProperties { FontSize = size, Bold = size == TitleSize, Language = "en-US" },
                    new A.Text(CellText.Clean(text)))))),
            new Overlay { Val = false });
    }
}
