using System.Globalization;

namespace KretPool.Analysis.Report.Html;

/// <summary>Draws a chart in SVG.</summary>
internal sealed class SvgChart
{
    private const int Width = 960;
    private const int Height = 420;
    private const int Left = 80;
    private const int Right = 230;
    private const int Top = 15;
    private const int Bottom = 55;
    private const int LegendLine = 20;

    private static readonly string[] s_dashes = ["", "8 4", "2 3", "8 3 2 3"];

    private readonly TextWriter _writer;
    private readonly ReportChart _chart;
    private readonly AxisRange _x;
    private readonly AxisRange _y;

    private SvgChart(TextWriter writer, ReportChart chart)
    {
        (_writer, _chart) = (writer, chart);
        var values = chart.Series.SelectMany(series => series.Values).ToList();
        _x = AxisRange.Of(chart.X, values.Select(value => value.X));
        _y = AxisRange.Of(chart.Y, values.Select(value => value.Y));
    }

    public static void Write(TextWriter writer, ReportChart chart) => new SvgChart(writer, chart).Write();

    private void Write()
    {
        int height = Math.Max(Height, Top + (_chart.Series.Count * LegendLine) + Bottom);
        Line($"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{PageWriter.Text(_chart.Title)}\">");
        WriteAxes();
        foreach (var (i, series) in _chart.Series.Index())
        {
            WriteSeries(series);
            double y = Top + 10 + (i * LegendLine);
            WriteStroke(series.Look, Points([(Width - Right + 15, y), (Width - Right + 45, y)]));
            WriteMarker(series.Look, Width - Right + 30, y, series.Name);
            Line($"<text x=\"{Width - Right + 52}\" y=\"{y + 4:0.#}\">{PageWriter.Text(series.Name)}</text>");
        }

        _writer.WriteLine("</svg>");
    }

    private void WriteAxes()
    {
        foreach (double tick in _x.Ticks())
        {
            double x = X(tick);
            Line($"<line class=\"grid\" x1=\"{x:0.#}\" y1=\"{Top}\" x2=\"{x:0.#}\" y2=\"{Height - Bottom}\"/>");
            Line($"<text x=\"{x:0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{AxisLabel.Of(tick, _chart.X.Format)}</text>");
        }

        foreach (double tick in _y.Ticks())
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

    private void WriteSeries(ChartSeries series)
    {
        WriteStroke(series.Look, Points(series.Values.Select(value => (X(value.X), Y(value.Y)))));
        foreach (var value in series.Values)
        {
            WriteMarker(
                series.Look, X(value.X), Y(value.Y),
                $"{series.Name}: {AxisLabel.Of(value.X, _chart.X.Format)}, {AxisLabel.Of(value.Y, _chart.Y.Format)}");
        }
    }

    private void WriteStroke(SeriesLook look, string points)
    {
        if (!look.IsMark)
        {
            Line($"<polyline fill=\"none\" stroke=\"#{look.Colour}\" stroke-width=\"{(look.IsThin ? 1 : 2.25)}\" stroke-dasharray=\"{s_dashes[look.Dash % s_dashes.Length]}\" points=\"{points}\"/>");
        }
    }

    // A path around a place, in the order of the markers of a workbook.
    private void WriteMarker(SeriesLook look, double x, double y, string tip)
    {
        if (look.IsThin)
        {
            return;
        }

        double r = look.IsMark ? 9 : 4.5;
        string path = (look.Marker % 7) switch
        {
            0 => string.Create(CultureInfo.InvariantCulture, $"M{-r} 0a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"),
            1 => string.Create(CultureInfo.InvariantCulture, $"M{-r} {-r}h{2 * r}v{2 * r}h{-2 * r}z"),
            2 => string.Create(CultureInfo.InvariantCulture, $"M0 {-r}L{r} 0L0 {r}L{-r} 0z"),
            3 => string.Create(CultureInfo.InvariantCulture, $"M0 {-r}L{r} {r}L{-r} {r}z"),
            4 => string.Create(CultureInfo.InvariantCulture, $"M{-r} {-r}L{r} {r}M{-r} {r}L{r} {-r}"),
            5 => string.Create(CultureInfo.InvariantCulture, $"M{-r} 0H{r}M0 {-r}V{r}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"M{-r} 0H{r}M0 {-r}V{r}M{-r} {-r}L{r} {r}M{-r} {r}L{r} {-r}"),
        };
        string fill = look.IsMark ? "none" : "#" + look.Colour;
        Line($"<path transform=\"translate({x:0.#} {y:0.#})\" d=\"{path}\" fill=\"{fill}\" stroke=\"#{look.Colour}\" stroke-width=\"2\"><title>{PageWriter.Text(tip)}</title></path>");
    }

    private double X(double value) => Left + (_x.Place(value) * (Width - Right - Left));

    private double Y(double value) => Height - Bottom - (_y.Place(value) * (Height - Bottom - Top));

    private static string Points(IEnumerable<(double X, double Y)> places) => string.Join(' ',
        places.Select(place => string.Create(CultureInfo.InvariantCulture, $"{place.X:0.#},{place.Y:0.#}")));

    private void Line(FormattableString markup) => _writer.WriteLine(markup.ToString(CultureInfo.InvariantCulture));
}
