using DocumentFormat.OpenXml.Spreadsheet;
using KretPool.Results;

namespace KretPool.Analysis.Report.Xlsx;

/// <summary>Writes a section as a sheet.</summary>
internal sealed class SectionWriter(WorkbookPackage package, SharedStrings strings, PartNumbers numbers)
{
    private const double ChartColumnWidth = 15;
    private const int ChartColumns = 8;
    private const int ChartRows = 24;
    private const int TextWidth = 110;
    private const int LabelWidth = 18;

    public void Write(ReportSection section, string path)
    {
        if (section.Blocks is [TableBlock table])
        {
            WriteTable(table.Table, path);
        }
        else
        {
            WriteBlocks(section, path);
        }
    }

    private void WriteTable(ReportTable table, string path)
    {
        const string TableId = "table";
        int rowCount = 0;
        var styles = table.Columns.Select(column => Stylesheets.For(column.Format)).ToArray();
        int verdict = table.Columns.ToList().FindIndex(column => column.Header == nameof(PoolComparison.Verdict));
        package.Write(PartKind.Worksheet, path, writer =>
        {
            var sheet = new SheetWriter(writer, strings);
            sheet.Begin(ColumnWidths.Of(table), frozenHeader: true);
            sheet.WriteRow([.. table.Columns.Select(column => column.Header)], _ => CellStyle.Text);
            foreach (var row in table.Rows)
            {
                sheet.WriteRow(row, i => i == verdict ? VerdictStyle(row[i]) : styles[i]);
            }

            // A table has a row below its header, even if an empty one.
            rowCount = Math.Max(sheet.RowCount, 2);
            sheet.End(drawingId: null, TableId);
        });
        int number = numbers.NextTable();
        string tablePath = $"/xl/tables/table{number}.xml";
        package.Write(PartKind.Table, tablePath, writer => writer.WriteElement(MakeTable(table, number, rowCount)));
        package.Relate(path, TableId, PartKind.Table, tablePath);
    }

    private static Table MakeTable(ReportTable table, int number, int rowCount)
    {
        string range = FormattableString.Invariant($"A1:{CellReference.Column(table.Columns.Count - 1)}{rowCount}");
        return new Table(
            new AutoFilter { Reference = range },
            new TableColumns(table.Columns.Select((column, i) => new TableColumn { Id = (uint)i + 1, Name = column.Header }))
            {
                Count = (uint)table.Columns.Count,
            },
            new TableStyleInfo { Name = "TableStyleMedium2", ShowRowStripes = true, ShowColumnStripes = false })
        {
            Id = (uint)number,
            Name = table.Name,
            DisplayName = table.Name,
            Reference = range,
            TotalsRowShown = false,
        };
    }

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
        bool hasCharts = section.Blocks.OfType<ChartBlock>().Any();
        package.Write(PartKind.Worksheet, path, writer =>
        {
            var sheet = new SheetWriter(writer, strings);
            sheet.Begin(hasCharts ? ChartWidths(section) : [LabelWidth, TextWidth], frozenHeader: false);
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
                    case ChartBlock { Chart: var chart }:
                        charts.Add(WriteChartData(sheet, section.Name, chart));
                        break;
                    default:
                        throw new NotSupportedException($"A {block.GetType().Name} cannot stand beside others on a sheet.");
                }
            }

            sheet.End(hasCharts ? DrawingId : null, tableId: null);
        });
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
                sheet.WriteRow([text.Text], _ => CellStyle.Heading);
                break;
            default:
                sheet.WriteRow(
                    [null, text.Text],
                    _ => text.Role == TextRole.Warning ? CellStyle.Warning : CellStyle.Wrapped,
                    Lines(text.Text));
                break;
        }
    }

    private static int Lines(string text) => 1 + (text.Length / TextWidth);

    private static double[] ChartWidths(ReportSection section)
    {
        ReportChart[] charts = [.. section.Blocks.OfType<ChartBlock>().Select(block => block.Chart)];
        int columns = 1 + charts.Max(chart => chart.Series.Count);
        int longestName = charts.Max(chart => chart.Series.Max(series => series.Name.Length));
        return [.. Enumerable.Repeat(Math.Max(ChartColumnWidth, longestName + 2), Math.Max(columns, ChartColumns))];
    }

    // The chart, and below it the numbers: a column for the horizontal axis, then one per line.
    private static PlacedChart WriteChartData(SheetWriter sheet, string sheetName, ReportChart chart)
    {
        int chartRow = sheet.RowCount + 1;
        sheet.SkipRows(ChartRows + 1);
        sheet.WriteRow([chart.X.Title, .. chart.Series.Select(series => series.Name)], _ => CellStyle.NumberLabel);
        int headerRow = sheet.RowCount;
        double[] places = [.. chart.Series.SelectMany(series => series.Values.Select(value => value.X)).Distinct().Order()];
        var byPlace = chart.Series.Select(series => series.Values.ToDictionary(value => value.X, value => value.Y)).ToArray();
        foreach (double place in places)
        {
            sheet.WriteRow(
                [place, .. byPlace.Select(values => values.TryGetValue(place, out double y) ? (object)y : null)],
                i => StyleOf(i == 0 ? chart.X.Format : chart.Y.Format));
        }

        sheet.SkipRows(2);
        return new PlacedChart(chart, sheetName, chartRow, ChartRows, ChartColumns, headerRow, places);
    }

    private static CellStyle StyleOf(AxisFormat format) => format switch
    {
        AxisFormat.Rate => CellStyle.Whole,
        AxisFormat.Ratio => CellStyle.Ratio,
        AxisFormat.Percent => CellStyle.Percent,
        AxisFormat.Date => CellStyle.Time,
        _ => CellStyle.Number,
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
