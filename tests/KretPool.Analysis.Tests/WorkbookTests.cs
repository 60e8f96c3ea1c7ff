using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using KretPool.Analysis.Comparison;
using KretPool.Analysis.Report;
using KretPool.Results;
using C = DocumentFormat.OpenXml.Drawing.Charts;

namespace KretPool.Analysis.Tests;

public sealed class WorkbookTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kretpool-report").FullName;

    private string Target => Path.Combine(_folder, "report.xlsx");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_report_is_valid_Open_XML()
    {
        using var workbook = Write(Everything());

        Assert.Empty(Damage(workbook));
    }

    [Fact]
    public void Sheets_appear_when_there_is_data_for_them()
    {
        var results = SampleResults.Sweep(1, 2);
        using (var whole = Write(Everything()))
        {
            Assert.Equal(
                ["Summary", "Throughput", "Ratio", "Comparisons", "Topology", "Results", "Samples"], SheetNames(whole));
        }

        results.ForEach(result => result.SamplesOpsPerSec = "");
        using var bare = Write(new ReportInput { Results = results });

        Assert.Equal(["Summary", "Throughput", "Results"], SheetNames(bare));
    }

    [Fact]
    public void Results_are_a_real_table_with_a_filter_and_the_names_of_their_columns()
    {
        using var workbook = Write(Everything());

        var table = Sheet(workbook, "Results").TableDefinitionParts.Single().Table!;

        Assert.Equal(
            typeof(PoolBenchmarkResult).GetProperties().Select(property => property.Name),
            table.TableColumns!.Elements<TableColumn>().Select(column => column.Name!.Value!));
        Assert.Equal(table.Reference!.Value, table.AutoFilter!.Reference!.Value);
        Assert.EndsWith("11", table.Reference.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_are_numbers_and_times_are_dates()
    {
        using var workbook = Write(Everything());
        int ops = ColumnOf(workbook, "OpsPerSec");
        int started = ColumnOf(workbook, "StartedUtc");

        var cells = Sheet(workbook, "Results").Worksheet!.Descendants<Row>().ElementAt(1).Elements<Cell>().ToList();

        var rate = cells.Single(cell => cell.CellReference == $"{Letters(ops)}2");
        Assert.Null(rate.DataType);
        Assert.Equal(SampleResults.Sweep(1)[0].OpsPerSec, double.Parse(rate.InnerText, null), 1e-3);
        var time = cells.Single(cell => cell.CellReference == $"{Letters(started)}2");
        Assert.Equal(SampleResults.Night, DateTime.FromOADate(double.Parse(time.InnerText, null)));
        Assert.Contains("yyyy", FormatOf(workbook, time), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://example.com\")")]
    [InlineData("+1+1")]
    [InlineData("@SUM(A1)")]
    [InlineData("-2\u0001<b>&\ud800")]
    public void Text_from_outside_stays_text(string text)
    {
        var results = SampleResults.Sweep(1, 2);
        results.ForEach(result => (result.HostName, result.Kind, result.Warnings) = (text, text + result.Kind, text));

        using var workbook = Write(new ReportInput { Results = results, Title = text });

        Assert.Empty(workbook.WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet!.Descendants<CellFormula>()));
        Assert.Empty(Damage(workbook));
    }

    [Fact]
    public void Throughput_is_a_native_chart_with_a_line_per_kind_drawn_from_cells()
    {
        using var workbook = Write(Everything());

        var chart = Chart(workbook, "Throughput");
        var series = chart.Descendants<C.ScatterChartSeries>().ToList();

        Assert.Equal(
            ["KretPool", "FreeList", "ConcurrentBag", "DefaultObjectPool", "KernelObjPool"],
            series.Select(line => line.GetFirstChild<C.SeriesText>()!.Descendants<C.NumericValue>().Single().Text));
        var formulas = series.Select(line => line.Descendants<C.YValues>().Single().Descendants<C.Formula>().Single().Text).ToList();
        Assert.Equal("'Throughput'!$B$27:$B$28", formulas[0]);
        Assert.Equal(formulas.Count, formulas.Distinct().Count());
    }

    [Fact]
    public void Axes_are_logarithmic_and_titled_with_units()
    {
        using var workbook = Write(Everything());

        var axes = Chart(workbook, "Throughput").Descendants<C.ValueAxis>().ToList();

        Assert.Equal(["Threads", "Operations per second (log scale)"], axes.Select(axis => axis.GetFirstChild<C.Title>()!.InnerText));
        Assert.Equal([2.0, 10.0], axes.Select(axis => axis.Descendants<C.LogBase>().Single().Val!.Value));
    }

    [Fact]
    public void A_kind_has_the_same_colour_on_every_chart()
    {
        using var workbook = Write(Everything());

        var throughput = Colours(Chart(workbook, "Throughput"));
        var ratio = Colours(Chart(workbook, "Ratio"));

        Assert.Equal(throughput.Count, throughput.Values.Distinct().Count());
        Assert.All(ratio, entry => Assert.Equal(throughput[entry.Key], entry.Value));
    }

    [Fact]
    public void The_summary_says_the_verdicts_in_words_and_the_warnings()
    {
        var input = Everything();
        input.Results[0].Warnings = "CPU quota; other load";
        using var workbook = Write(input);

        string text = string.Join('\n', Texts(workbook, "Summary"));

        Assert.Contains("KretPool against FreeList: faster in 2 of 2", text, StringComparison.Ordinal);
        Assert.Contains("other load (1 of 10 results)", text, StringComparison.Ordinal);
        Assert.Contains("Some CPU", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_exists_is_refused_and_stays_as_it_was()
    {
        File.WriteAllText(Target, "precious");

        var error = Assert.Throws<IOException>(() => ReportFile.Open(Target, overwrite: false));

        Assert.Contains(Target, error.Message, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(Target));
    }

    [Fact]
    public void A_report_that_is_given_up_leaves_the_old_file_and_nothing_else()
    {
        File.WriteAllText(Target, "precious");

        ReportFile.Open(Target, overwrite: true).Dispose();

        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
        Assert.Equal("precious", File.ReadAllText(Target));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        var error = Assert.Throws<DirectoryNotFoundException>(
            () => ReportFile.Open(Path.Combine(_folder, "no", "report.xlsx"), overwrite: false));

        Assert.Contains(Path.Combine(_folder, "no"), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("report.doc")]
    [InlineData("report")]
    public void A_format_that_is_not_known_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => ReportFile.Open(Path.Combine(_folder, name), overwrite: false));

        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    private static ReportInput Everything()
    {
        var results = SampleResults.Sweep(1, 2);
        return new ReportInput
        {
            Results = results,
            Comparisons = ResultComparer.AgainstKind(results, "FreeList", new ComparisonOptions()).Comparisons,
            Topology = KretPool.Topology.CpuTopology.Current,
        };
    }

    private SpreadsheetDocument Write(ReportInput input)
    {
        using (var file = ReportFile.Open(Target, overwrite: true))
        {
            file.Write(ReportBuilder.Build(input));
        }

        return SpreadsheetDocument.Open(Target, isEditable: false);
    }

    private static IEnumerable<string> Damage(SpreadsheetDocument workbook) =>
        new OpenXmlValidator(FileFormatVersions.Microsoft365)
            .Validate(workbook, TestContext.Current.CancellationToken)
            .Select(error => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}");

    private static IEnumerable<string> SheetNames(SpreadsheetDocument workbook) =>
        workbook.WorkbookPart!.Workbook!.Sheets!.Elements<Sheet>().Select(sheet => sheet.Name!.Value!);

    private static WorksheetPart Sheet(SpreadsheetDocument workbook, string name) =>
        (WorksheetPart)workbook.WorkbookPart!.GetPartById(
            workbook.WorkbookPart.Workbook!.Sheets!.Elements<Sheet>().Single(sheet => sheet.Name == name).Id!);

    private static C.ChartSpace Chart(SpreadsheetDocument workbook, string sheet) =>
        Sheet(workbook, sheet).DrawingsPart!.ChartParts.Single().ChartSpace!;

    private static Dictionary<string, string> Colours(C.ChartSpace chart) =>
        chart.Descendants<C.ScatterChartSeries>().ToDictionary(
            line => line.GetFirstChild<C.SeriesText>()!.Descendants<C.NumericValue>().Single().Text,
            line => line.GetFirstChild<C.ChartShapeProperties>()!
                .Descendants<DocumentFormat.OpenXml.Drawing.RgbColorModelHex>().Single().Val!.Value!);

    private static IEnumerable<string> Texts(SpreadsheetDocument workbook, string sheet)
    {
        var shared = workbook.WorkbookPart!.SharedStringTablePart!.SharedStringTable!.Elements<SharedStringItem>().ToList();
        return Sheet(workbook, sheet).Worksheet!.Descendants<Cell>().Select(cell =>
            cell.DataType?.Value == CellValues.SharedString ? shared[int.Parse(cell.InnerText, null)].InnerText : cell.InnerText);
    }

    private static string FormatOf(SpreadsheetDocument workbook, Cell cell)
    {
        var styles = workbook.WorkbookPart!.WorkbookStylesPart!.Stylesheet!;
        uint id = styles.CellFormats!.Elements<CellFormat>().ElementAt((int)cell.StyleIndex!.Value).NumberFormatId!;
        return styles.NumberingFormats!.Elements<NumberingFormat>().Single(format => format.NumberFormatId! == id).FormatCode!;
    }

    private static int ColumnOf(SpreadsheetDocument workbook, string header) => Sheet(workbook, "Results")
        .TableDefinitionParts.Single().Table!.TableColumns!.Elements<TableColumn>().ToList().FindIndex(column => column.Name == header);

    private static string Letters(int column) =>
        column < 26 ? $"{(char)('A' + column)}" : $"{(char)('A' + (column / 26) - 1)}{(char)('A' + (column % 26))}";
}
