using System.Text.RegularExpressions;
using System.Xml.Linq;
using KretPool.Analysis.Comparison;
using KretPool.Analysis.Report;
using KretPool.Analysis.Report.Html;

namespace KretPool.Analysis.Tests;

public sealed partial class PageTests
{
    [Fact]
    public void A_page_holds_the_same_sections_as_a_workbook()
    {
        var report = Build("box");

        string page = Write(report);

        Assert.All(report.Sections, section => Assert.Contains($"<section id=\"{section.Name}\">", page, StringComparison.Ordinal));
        Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);
        Assert.Contains("@media print", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_needs_nothing_from_elsewhere() =>
        Assert.DoesNotMatch(ElsewhereExpression(), Write(Build("box")));

    [Fact]
    public void Charts_are_well_formed_SVG_with_a_line_per_kind()
    {
        var charts = SvgExpression().Matches(Write(Build("box"))).Select(match => XElement.Parse(match.Value)).ToList();

        Assert.Equal(2, charts.Count);
        Assert.Equal(2 * 5, charts[0].Descendants("polyline").Count());
        Assert.All(charts.Descendants("polyline"), line => Assert.DoesNotContain("NaN", line.Attribute("points")!.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_line_can_be_reached_with_the_keyboard_and_reads_its_numbers()
    {
        var lines = SvgExpression().Matches(Write(Build("box"))).Select(match => XElement.Parse(match.Value)).First()
            .Elements("g").ToList();

        Assert.Equal(5, lines.Count);
        Assert.All(lines, line => Assert.Equal("0", line.Attribute("tabindex")!.Value));
        Assert.StartsWith("KretPool: 1: 2", lines[0].Attribute("aria-label")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_with_one_value_throughout_is_said_once_above_its_table()
    {
        string page = Write(Build("box"));

        Assert.Contains("<dt>CpuModel</dt><dd>Some CPU</dd>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">CpuModel</th>", page, StringComparison.Ordinal);
        Assert.Contains(">OpsPerSec</th>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_from_outside_never_becomes_markup()
    {
        string page = Write(Build("<script>alert(1)</script>"));

        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }

    private static Report.Report Build(string host)
    {
        var results = SampleResults.Sweep(1, 2);
        results.ForEach(result => (result.HostName, result.Warnings) = (host, host));
        return ReportBuilder.Build(new ReportInput
        {
            Title = host,
            Results = results,
            Comparisons = ResultComparer.AgainstKind(results, "FreeList", new ComparisonOptions()).Comparisons,
        });
    }

    private static string Write(Report.Report report)
    {
        using var stream = new MemoryStream();
        PageWriter.Write(report, stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex SvgExpression();

    [GeneratedRegex("src=|https?://|@import|url\\(")]
    private static partial Regex ElsewhereExpression();
}
