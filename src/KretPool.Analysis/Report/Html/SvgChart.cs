using System.Globalization;

namespace KretPool.Analysis.Report.Html;

/// <summary>
/// Draws a chart in SVG. Each line is a group with its entry in the legend, and can be reached with the keyboard: it
/// then stands out and reads its numbers.
/// </summary>
internal sealed class SvgChart
{
    private const int Width = 960;
    private const int Height = 420;
    private const int Left = 80;
    private const int Right = 230;
    private const int Top = 15;
    private const int Bottom = 55;
    private const int LegendLine = 20;
    private const int LegendLetters = 26;
    private const double BarShare = 0.8;

    private static readonly string[] s_dashes = ["", "8 4", "2 3", "8 3 2 3"];

    private readonly TextWriter _writer;
    private readonly ReportChart _chart;
    private readonly AxisRange? _x;
    private readonly AxisRange _y;
    private readonly int _height;

    private SvgChart(TextWriter writer, ReportChart chart)
    {
        (_writer, _chart) = (writer, chart);
        _x = chart.Categories is null
            ? AxisRange.Of(chart.X, chart.Series.SelectMany(series => series.Values).Select(value => value.X))
            : null;
        _y = AxisRange.Of(chart.Y, chart.Series.SelectMany(series => series.Values).Select(value => value.Y));
        _height = Math.Max(Height, Top + (chart.Series.Count * LegendLine) + 10);
    }

    public static void Write(TextWriter writer, ReportChart chart) => new SvgChart(writer, chart).Write();

    private void Write()
    {
        Line($"<svg viewBox=\"0 0 {Width} {_height}\" role=\"group\" aria-label=\"{PageWriter.Text(_chart.Description)}\">");
        WriteAxes();
        foreach (var (i, series) in _chart.Series.Index())
        {
            WriteSeries(series, i);
        }

        _writer.WriteLine("</svg>");
    }

    private void WriteAxes()
    {
        var places = _x is null
            ? _chart.Categories!.Index().Select(category => (X: X(category.Index), Label: category.Item))
            : _x.Ticks().Select(tick => (X: X(tick), Label: AxisLabel.Of(tick, _chart.X.Format)));
        foreach (var (x, label) in places)
        {
            Line($"<line class=\"grid\" x1=\"{x:0.#}\" y1=\"{Top}\" x2=\"{x:0.#}\" y2=\"{Height - Bottom}\"/>");
            Line($"<text x=\"{x:0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{PageWriter.Text(label)}</text>");
        }

        foreach (double tick in _y.Ticks().Concat(_y.TicksBetween()))
        {
            double y = Y(tick);
            Line($"<line class=\"grid\" x1=\"{Left}\" y1=\"{y:0.#}\" x2=\"{Width - Right}\" y2=\"{y:0.#}\"/>");
            Line($"<text x=\"{Left - 6}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{AxisLabel.Of(tick, _chart.Y.Format)}</text>");
        }

        Line($"<path class=\"axis\" fill=\"none\" d=\"M{Left} {Top}V{Height - Bottom}H{Width - Right}\"/>");
        Line($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 12}\" text-anchor=\"middle\">{PageWriter.Text(_chart.X.Title)}</text>");
        int middle = (Top + Height - Bottom) / 2;
        Line($"<text x=\"16\" y=\"{middle}\" text-anchor=\"middle\" transform=\"rotate(-90 16 {middle})\">{PageWriter.Text(_chart.Y.Title)}</text>");
    }

    private void WriteSeries(ChartSeries series, int index)
    {
        string numbers = string.Join("; ", series.Values.Select(Tip));
        Line($"<g class=\"series\" tabindex=\"0\" role=\"img\" aria-label=\"{PageWriter.Text($"{series.Name}: {numbers}")}\">");
        if (!_chart.HasBars)
        {
            WriteStroke(series.Look, Points(series.Values.Select(value => (X(value.X), Y(value.Y)))));
        }

        foreach (var value in series.Values)
        {
            string tip = $"{series.Name}: {Tip(value)}";
            if (_chart.HasBars)
            {
                WriteBar(series.Look, value, index, tip);
            }
            else
            {
                WriteMarker(series.Look, X(value.X), Y(value.Y), tip);
            }
        }

        WriteLegend(series, Top + 10 + (index * LegendLine));
        _writer.WriteLine("</g>");
    }

    private void WriteLegend(ChartSeries series, double y)
    {
        const int X = Width - Right + 15;
        string name = series.Name.Length <= LegendLetters ? series.Name : string.Concat(series.Name.AsSpan(0, LegendLetters - 1), "…");
        if (_chart.HasBars)
        {
            Line($"<rect x=\"{X + 8}\" y=\"{y - 6:0.#}\" width=\"14\" height=\"12\" fill=\"#{series.Look.Colour}\"/>");
        }
        else
        {
            WriteStroke(series.Look, Points([(X, y), (X + 30, y)]));
            WriteMarker(series.Look, X + 15, y, series.Name);
        }

        Line($"<text x=\"{X + 37}\" y=\"{y + 4:0.#}\">{PageWriter.Text(name)}<title>{PageWriter.Text(series.Name)}</title></text>");
    }

    private void WriteBar(SeriesLook look, ChartValue value, int index, string tip)
    {
        double step = (Width - Right - Left) / (double)_chart.Categories!.Count;
        double width = step * BarShare / _chart.Series.Count;
        double x = X(value.X) - (step * BarShare / 2) + (index * width);
        double y = Y(value.Y);
        Line($"<rect x=\"{x + 2:0.#}\" y=\"{y:0.#}\" width=\"{Math.Max(width - 4, 1):0.#}\" height=\"{Height - Bottom - y:0.#}\" fill=\"#{look.Colour}\"><title>{PageWriter.Text(tip)}</title></rect>");
        Line($"<text x=\"{x + (width / 2):0.#}\" y=\"{y - 4:0.#}\" text-anchor=\"middle\">{AxisLabel.Of(value.Y, _chart.Y.Format)}</text>");
    }

    private void WriteStroke(SeriesLook look, string points)
    {
        if (!look.IsMark)
        {
            Line($"<polyline fill=\"none\" stroke=\"#{look.Colour}\" stroke-width=\"{(look.IsThin ? 1.25 : 2.25)}\" stroke-dasharray=\"{s_dashes[look.Dash % s_dashes.Length]}\" points=\"{points}\"/>");
        }
    }

    // A path around a place, in the order of the markers of a workbook.
    private void WriteMarker(SeriesLook look, double x, double y, string tip)
    {
        double r = look.IsMark ? 9 : 4.5;
        string path = (look.IsMark ? 0 : look.Marker % 7) switch
        {
            0 => string.Create(CultureInfo.InvariantCulture, $"M{-r} 0a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"),
            1 => string.Create(CultureInfo.InvariantCulture, $"M{-r} {-r}h{2 * r}v{2 * r}h{-2 * r}z"),
            2 => string.Create(CultureInfo.InvariantCulture, $"M0 {-r}L{r} 0L0 {r}L{-r} 0z"),
            3 => string.Create(CultureInfo.InvariantCulture, $"M0 {-r}L{r} {r}L{-r} {r}z"),
            4 => string.Create(CultureInfo.InvariantCulture, $"M{-r} {-r}L{r} {r}M{-r} {r}L{r} {-r}"),
            5 => string.Create(CultureInfo.InvariantCulture, $"M{-r} 0H{r}M0 {-r}V{r}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"M{-r} 0H{r}M0 {-r}V{r}M{-r} {-r}L{r} {r}M{-r} {r}L{r} {-r}"),
        };

        // A line without markers still tells its numbers where the pointer is.
        string paint = look.IsThin
            ? "fill=\"transparent\" stroke=\"none\""
            : $"fill=\"{(look.IsMark ? "none" : "#" + look.Colour)}\" stroke=\"#{look.Colour}\" stroke-width=\"2\"";
        Line($"<path transform=\"translate({x:0.#} {y:0.#})\" d=\"{path}\" {paint}><title>{PageWriter.Text(tip)}</title></path>");
    }

    private string Tip(ChartValue value) =>
        $"{_chart.PlaceName(value.X)}: {AxisLabel.Of(value.Y, _chart.Y.Format)}";

    // A category stands in the middle of its share of the width.
    private double X(double value) =>
        Left + ((_x?.Place(value) ?? ((value + 0.5) / _chart.Categories!.Count)) * (Width - Right - Left));

    private double Y(double value) => Height - Bottom - (_y.Place(value) * (Height - Bottom - Top));

    private static string Points(IEnumerable<(double X, double Y)> places) => string.Join(' ',
        places.Select(place => string.Create(CultureInfo.InvariantCulture, $"{place.X:0.#},{place.Y:0.#}")));

    private void Line(FormattableString markup) => _writer.WriteLine(markup.ToString(CultureInfo.InvariantCulture));
}
