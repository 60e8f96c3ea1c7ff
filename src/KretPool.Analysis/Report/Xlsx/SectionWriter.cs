using KretPool.Results;

namespace KretPool.Analysis.Report.Xlsx;

/// <summary>Writes a section as a sheet.</summary>
internal sealed class SectionWriter(WorkbookPackage package, SharedStrings strings, PartNumbers numbers, string footer)
{
    private const double ChartColumnWidth = 15;
    private const int LeastColumns = 8;
    private const double ChartWidth = 120;
    private const int ChartRows = 24;
    private const int LegendRows = 4;
    private const double RowsPerLegendEntry = 1.3;
    private const int TextWidth = 104;
    private const int LabelWidth = 18;
    private const double LettersPerDigit = 1.15;

    // Blue for words, orange for charts, green for tables.
    private const string WordTab = "0072B2";
    private const string ChartTab = "D55E00";
    private const string TableTab = "009E73";

    /// <summary>Writes the sheet.</summary>
    /// <returns>Whether its first row is the header of a table, to be repeated on every page.</returns>
    public bool Write(ReportSection section, string path)
    {
        if (section.Blocks is [TableBlock table])
        {
            WriteTable(table.Table, path);
            return true;
        }

        WriteBlocks(section, path);
        return false;
    }

    private void WriteTable(ReportTable table, string path)
    {
        var tables = new SheetTables(numbers);
        var styles = table.Columns.Select(column => Stylesheets.For(column.Format)).ToArray();
        int verdict = table.Columns.ToList().FindIndex(column => column.Header == nameof(PoolComparison.Verdict));
        string[] headers = [.. table.Columns.Select(column => column.Header)];
        var layout = new SheetLayout(ColumnWidths.Of(table)) { HasFrozenHeader = true, TabColour = TableTab };
        package.Write(PartKind.Worksheet, path, writer =>
        {
            var sheet = new SheetWriter(writer, strings);
            sheet.Begin(layout);
            sheet.WriteRow(headers, i => HeaderStyle(styles[i]));
            foreach (var row in table.Rows)
            {
                sheet.WriteRow(row, i => i == verdict ? VerdictStyle(row[i]) : styles[i]);
            }

            tables.Add(table.Name, headers, headerRow: 1, sheet.RowCount, hasFilter: true);
            sheet.End(layout, footer, drawingId: null, tables.Ids);
        });
        tables.Write(package, path);
    }

    private static CellStyle HeaderStyle(CellStyle cells) =>
        cells is CellStyle.Text or CellStyle.Time ? CellStyle.TableHeader : CellStyle.NumberHeader;

    private static CellStyle VerdictStyle(object? verdict) => verdict switch
    {
        PoolVerdict.Faster => CellStyle.Faster,
        PoolVerdict.Slower => CellStyle.Slower,
        _ => CellStyle.Text,
    };

    private void WriteBlocks(ReportSection section, string path)
    {
        const string DrawingId = "drawing";
        List<PlacedChart> charts = [];
        var tables = new SheetTables(numbers);
        bool hasCharts = section.Blocks.OfType<ChartBlock>().Any();
        var layout = hasCharts
            ? new SheetLayout(ChartWidths(section)) { TabColour = ChartTab }
            : new SheetLayout([LabelWidth, TextWidth]) { TabColour = WordTab };
        package.Write(PartKind.Worksheet, path, writer =>
        {
            var sheet = new SheetWriter(writer, strings);
            sheet.Begin(layout);
            foreach (var block in section.Blocks)
            {
                switch (block)
                {
                    case TextBlock text:
                        WriteText(sheet, text);
                        break;
                    case FactBlock fact:
                        sheet.WriteRow(
                            [fact.Name, fact.Value],
                            i => i == 0 ? CellStyle.Label : CellStyle.Wrapped,
                            Lines(fact.Value));
                        break;
                    case LinkBlock link:
                        sheet.WriteRow([link.Section, link.About], i => i == 0 ? CellStyle.Link : CellStyle.Wrapped);
                        sheet.Link(link.Section);
                        break;
                    case ChartBlock { Chart: var chart }:
                        charts.Add(WriteChartData(sheet, section.Name, chart, charts.Count, tables, ColumnsOf(layout)));
                        break;
                    default:
                        throw new NotSupportedException($"A {block.GetType().Name} cannot stand beside others on a sheet.");
                }
            }

            sheet.End(layout, footer, hasCharts ? DrawingId : null, tables.Ids);
        });
        tables.Write(package, path);
        if (hasCharts)
        {
            WriteDrawing(charts, path, DrawingId);
        }
    }

    private static void WriteText(SheetWriter sheet, TextBlock text)
    {
        switch (text.Role)
        {
            case TextRole.Title:
                sheet.WriteRow([text.Text], _ => CellStyle.Title, height: 2);
                break;
            case TextRole.Heading:
                sheet.SkipRows(1);
                sheet.WriteRow([text.Text], _ => CellStyle.Heading, height: 1.3);
                break;
            default:
                sheet.WriteRow(
                    [null, text.Text],
                    _ => text.Role == TextRole.Warning ? CellStyle.Warning : CellStyle.Wrapped,
                    Lines(text.Text));
                break;
        }
    }

    // A width counts digits, and letters are narrower. A sheet's row is at most 409 points high.
    private static int Lines(string text) => Math.Min(27, 1 + (int)(text.Length / (TextWidth * LettersPerDigit)));

    private static double[] ChartWidths(ReportSection section)
    {
        ReportChart[] charts = [.. section.Blocks.OfType<ChartBlock>().Select(block => block.Chart)];
        double[] widths = new double[Math.Max(LeastColumns, 1 + charts.Max(chart => chart.Series.Count))];
        Array.Fill(widths, ChartColumnWidth);
        foreach (var headers in charts.Select(Headers))
        {
            for (int i = 0; i < headers.Count; i++)
            {
                widths[i] = Math.Max(widths[i], headers[i].Length + 3);
            }
        }

        return widths;
    }

    // How many columns a chart covers; wide ones are fewer.
    private static int ColumnsOf(SheetLayout layout)
    {
        int count = 0;
        for (double width = 0; width < ChartWidth && count < layout.ColumnWidths.Count; count++)
        {
            width += layout.ColumnWidths[count];
        }

        return count;
    }

    private static IReadOnlyList<string> Headers(ReportChart chart) =>
        CellText.Headers([chart.X.Title, .. chart.Series.Select(series => series.Name)]);

    // The chart, and below it the table of its numbers: a column for the horizontal axis, then one per line.
    private static PlacedChart WriteChartData(
        SheetWriter sheet, string sheetName, ReportChart chart, int index, SheetTables tables, int columns)
    {
        if (index > 0)
        {
            sheet.BreakPage();
        }

        int chartRow = sheet.RowCount + 1;
        int chartRows = Math.Max(ChartRows, LegendRows + (int)(chart.Series.Count * RowsPerLegendEntry));
        sheet.SkipRows(chartRows + 1);
        var headers = Headers(chart);
        sheet.WriteRow(headers, i => i == 0 && chart.Categories is not null ? CellStyle.TableHeader : CellStyle.NumberHeader);
        double[] places = [.. chart.Series.SelectMany(series => series.Values.Select(value => value.X)).Distinct().Order()];
        var placed = new PlacedChart(chart, sheetName, chartRow, chartRows, columns, sheet.RowCount, headers, places);
        var byPlace = chart.Series.Select(series => series.Values.ToDictionary(value => value.X, value => value.Y)).ToArray();
        var xStyle = StyleOf(chart.X.Format, places);
        var yStyle = StyleOf(chart.Y.Format, byPlace.SelectMany(values => values.Values));
        foreach (double place in places)
        {
            object first = chart.Categories is null ? place : chart.PlaceName(place);
            sheet.WriteRow(
                [first, .. byPlace.Select(values => values.TryGetValue(place, out double y) ? (object)y : null)],
                i => i > 0 ? yStyle : chart.Categories is null ? xStyle : CellStyle.Text);
        }

        tables.Add(
            FormattableString.Invariant($"{sheetName}Chart{index + 1}"), headers, placed.HeaderRow, placed.LastRow, hasFilter: false);
        sheet.SkipRows(2);
        return placed;
    }

    private static CellStyle StyleOf(AxisFormat format, IEnumerable<double> values) => format switch
    {
        AxisFormat.Rate => CellStyle.Whole,
        AxisFormat.Ratio => CellStyle.Ratio,
        AxisFormat.Percent => CellStyle.Percent,
        AxisFormat.Date or AxisFormat.Minute => CellStyle.Time,
        _ => values.All(double.IsInteger) ? CellStyle.Whole : CellStyle.Number,
    };

    private void WriteDrawing(List<PlacedChart> charts, string sheetPath, string drawingId)
    {
        string drawingPath = $"/xl/drawings/drawing{numbers.NextDrawing()}.xml";
        package.Write(PartKind.Drawing, drawingPath, writer => writer.WriteElement(ChartDrawing.Anchors(charts)));
        package.Relate(sheetPath, drawingId, PartKind.Drawing, drawingPath);
        foreach (var (i, chart) in charts.Index())
        {
            string chartPath = $"/xl/charts/chart{numbers.NextChart()}.xml";
            package.Write(PartKind.Chart, chartPath, writer => writer.WriteElement(ChartMarkup.Build(chart)));
            package.Relate(drawingPath, ChartDrawing.ChartId(i), PartKind.Chart, chartPath);
        }
    }
}
