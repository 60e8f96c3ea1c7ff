using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using KretPool.Analysis.Comparison;
using KretPool.Analysis.Regressions;
using KretPool.Analysis.Report;
using KretPool.Analysis.Scaling;
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

    [Theory]
    [MemberData(nameof(OddInputs))]
    public void A_report_of_anything_is_valid_Open_XML(string what)
    {
        using var workbook = Write(Odd(what));

        Assert.Empty(Damage(workbook));
    }

    public static TheoryData<string> OddInputs =>
        ["one result", "nothing but comparisons", "a bare row", "many kinds", "odd names", "history", "everything at once"];

    [Fact]
    public void Every_subject_has_its_sheet()
    {
        using var workbook = Write(Odd("everything at once"));

        Assert.Equal(
            [
                "Summary", "Throughput", "Ratio", "Latency", "Misses", "Scaling", "History", "Comparisons", "ScalingLaw",
                "Efficiency", "Regressions", "Capacity", "Topology", "Results", "Samples",
            ],
            SheetNames(workbook));
    }

    [Fact]
    public void A_change_is_marked_on_the_charts_of_its_series_only()
    {
        using var workbook = Write(Odd("history"));

        var marked = Sheet(workbook, "History").DrawingsPart!.ChartParts.Select(part => part.ChartSpace!)
            .Where(chart => Names(chart).Contains("KretPool became slower"))
            .Select(chart => chart.Descendants<C.Title>().First().InnerText);

        Assert.Equal(
            ["Throughput against the usual, 4 threads: NonBlocking", "Throughput over time, 4 threads: NonBlocking"], marked.Order());
    }

    [Fact]
    public void The_numbers_of_a_chart_are_a_table_with_the_headers_that_its_cells_hold()
    {
        using var workbook = Write(Odd("odd names"));

        var table = Sheet(workbook, "Throughput").TableDefinitionParts.Single().Table!;
        var headers = table.TableColumns!.Elements<TableColumn>().Select(column => column.Name!.Value!).ToList();

        Assert.Equal(headers.Count, headers.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        string row = table.Reference!.Value!.Split(':')[0][1..];
        Assert.Equal(
            headers,
            Texts(workbook, Sheet(workbook, "Throughput").Worksheet!.Descendants<Row>()
                .Single(cells => cells.RowIndex! == uint.Parse(row, null)).Elements<Cell>()));
        Assert.Equal(headers.Skip(1), Names(Chart(workbook, "Throughput")).Select(name => name.Replace("_x", "_x005F_x", StringComparison.Ordinal)));
    }

    [Fact]
    public void With_one_thread_count_there_is_a_bar_per_kind()
    {
        using var workbook = Write(new ReportInput { Results = SampleResults.Sweep(2) });

        var bars = Chart(workbook, "Throughput").Descendants<C.BarChartSeries>().ToList();

        Assert.Equal(5, bars.Count);
        Assert.Empty(Chart(workbook, "Throughput").Descendants<C.LogBase>());
    }

    [Fact]
    public void A_capacity_without_misses_is_on_the_chart_as_well()
    {
        var results = Capacities();
        results[^1].MissRate = 0;
        using var workbook = Write(new ReportInput { Results = results });

        var rates = Chart(workbook, "Misses").Descendants<C.YValues>().Single().Descendants<C.NumericValue>().Select(value => value.Text);

        Assert.Equal(["0.5", "0.25", "0"], rates);
    }

    [Fact]
    public void More_samples_than_a_sheet_has_rows_are_cut_and_the_summary_says_so()
    {
        var result = SampleResults.Make("KretPool", 1, 1e8);
        result.SamplesOpsPerSec = string.Join(';', Enumerable.Repeat("1", ReportTable.MaxRows + 5));

        var report = ReportBuilder.Build(new ReportInput { Results = [result] });

        Assert.Equal(1_048_575, report.Sections.Single(section => section.Name == "Samples").Blocks.OfType<TableBlock>().Single().Table.Rows.Count());
        Assert.Contains(
            report.Sections[0].Blocks.OfType<TextBlock>(),
            block => block.Text.Contains("the first 1,048,575 of 1,048,580 rows", StringComparison.Ordinal));
    }

    [Fact]
    public void Warnings_that_differ_in_their_numbers_are_one_with_the_worst()
    {
        var input = Everything();
        (input.Results[0].Warnings, input.Results[1].Warnings) = ("spread by 9%", "spread by 31%; something else");
        using var workbook = Write(input);

        var texts = Texts(workbook, "Summary").Where(text => text.Contains("spread", StringComparison.Ordinal));

        Assert.Equal(["spread by 31% (2 of 10 results, this the worst)"], texts);
    }

    [Fact]
    public void Pages_repeat_the_headers_of_tables_and_say_what_they_are()
    {
        using var workbook = Write(Everything());

        Assert.Equal(
            ["'Comparisons'!$1:$1", "'Results'!$1:$1", "'Samples'!$1:$1"],
            workbook.WorkbookPart!.Workbook!.DefinedNames!.Elements<DefinedName>()
                .Where(name => name.Name == "_xlnm.Print_Titles").Select(name => name.Text));
        Assert.All(
            workbook.WorkbookPart.WorksheetParts,
            sheet => Assert.Contains("Page &P of &N", sheet.Worksheet!.GetFirstChild<HeaderFooter>()!.OddFooter!.Text, StringComparison.Ordinal));
        Assert.Equal("Object pool benchmark", workbook.PackageProperties.Title);
    }

    [Fact]
    public void The_summary_leads_to_every_other_sheet()
    {
        using var workbook = Write(Everything());

        var links = Sheet(workbook, "Summary").Worksheet!.Descendants<Hyperlink>().Select(link => link.Location!.Value);

        Assert.Equal(SheetNames(workbook).Skip(1).Select(name => $"'{name}'!A1"), links);
    }

    [Fact]
    public void Charts_say_in_words_what_they_show()
    {
        using var workbook = Write(Everything());

        string words = Sheet(workbook, "Throughput").DrawingsPart!.WorksheetDrawing!
            .Descendants<DocumentFormat.OpenXml.Drawing.Spreadsheet.NonVisualDrawingProperties>().Single().Description!;

        Assert.Contains("for KretPool, FreeList, ConcurrentBag", words, StringComparison.Ordinal);
        Assert.Contains("Highest: KretPool", words, StringComparison.Ordinal);
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

    private static ReportInput Odd(string what) => what switch
    {
        "one result" => new ReportInput { Results = SampleResults.Sweep(1)[..1] },
        "nothing but comparisons" => new ReportInput { Comparisons = Everything().Comparisons },
        "a bare row" => new ReportInput { Results = [new PoolBenchmarkResult { Kind = "K", OpsPerSec = double.NaN, NsPerOp = double.PositiveInfinity }] },
        "many kinds" => new ReportInput
        {
            Results = [.. Enumerable.Range(0, 300).SelectMany(i => Enumerable.Range(1, 2).Select(n => SampleResults.Make($"Kind{i}", n, 1e6 * (i + 1))))],
        },
        "odd names" => new ReportInput
        {
            Title = "A & B &P " + new string('t', 300),
            Results =
            [
                .. from kind in (string[])["Threads", "_x0041_", "a\nb", "=1+1", "'", "\u0001", new string('k', 400), new string('k', 401), "<&>"]
                   from n in Enumerable.Range(1, 2)
                   select SampleResults.Make(kind, n, 1e6),
            ],
        },
        "history" => History(),
        _ => new ReportInput
        {
            Results = [.. History().Results, .. Capacities(), .. Latencies()],
            Regressions = History().Regressions,
            Comparisons = Everything().Comparisons,
            Scalings = [.. ScalingAnalysis.Fit(SampleResults.Sweep(1, 2, 4, 8, 16), new ScalingOptions())],
            Efficiencies = [.. ScalingAnalysis.Efficiencies(SampleResults.Sweep(1, 2, 4, 8, 16), new ScalingOptions())],
            Capacities = [new PoolCapacityEstimate { Kind = "KretPool", ThreadCount = 2, MaxMissRate = 0.01, MeasuredCapacity = 4 }],
            Topology = KretPool.Topology.CpuTopology.Current,
        },
    };

    private static ReportInput History()
    {
        List<PoolBenchmarkResult> results = [];
        for (int night = 0; night < 20; night++)
        {
            foreach (int threads in new[] { 1, 4 })
            {
                var result = SampleResults.Make("KretPool", threads, threads == 4 && night >= 12 ? 70e6 : 100e6, spread: 0.002, seed: night);
                result.RunId = Guid.NewGuid();
                result.StartedUtc = SampleResults.Night.AddDays(night);
                results.Add(result);
            }
        }

        return new ReportInput { Results = results, Regressions = RegressionFinder.Find(results, new RegressionOptions()) };
    }

    private static List<PoolBenchmarkResult> Capacities() =>
    [
        .. Enumerable.Range(1, 3).Select(power =>
        {
            var result = SampleResults.Make("KretPool", 2, 50e6);
            (result.Workload, result.Capacity, result.MissRate, result.Misses) = ("Miss", 1 << power, Math.Pow(2, -power), 1);
            return result;
        }),
    ];

    private static List<PoolBenchmarkResult> Latencies()
    {
        var results = SampleResults.Sweep(1, 2);
        results.ForEach(result => (result.P50Ns, result.P90Ns, result.P99Ns, result.P999Ns, result.MaxNs) = (10, 12, 40, 300, 1e6));
        return results;
    }

    private static IEnumerable<string> Names(C.ChartSpace chart) =>
        chart.Descendants<C.SeriesText>().Select(name => name.Descendants<C.NumericValue>().Single().Text);

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

    private static IEnumerable<string> Texts(SpreadsheetDocument workbook, string sheet) =>
        Texts(workbook, Sheet(workbook, sheet).Worksheet!.Descendants<Cell>());

    private static IEnumerable<string> Texts(SpreadsheetDocument workbook, IEnumerable<Cell> cells)
    {
        var shared = workbook.WorkbookPart!.SharedStringTablePart!.SharedStringTable!.Elements<SharedStringItem>().ToList();
        return cells.Select(cell =>
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
