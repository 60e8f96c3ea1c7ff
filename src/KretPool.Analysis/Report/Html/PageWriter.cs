using System.Net;
using System.Text;

namespace KretPool.Analysis.Report.Html;

/// <summary>Writes a report as one HTML page that needs nothing else: charts in SVG, light and dark, printable.</summary>
public static class PageWriter
{
    /// <summary>Writes the report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="target">Where to; stays open.</param>
    public static void Write(Report report, Stream target)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var writer = new StreamWriter(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        writer.NewLine = "\n";
        writer.WriteLine("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
        writer.WriteLine("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        writer.WriteLine($"<title>{Text(report.Title)}</title>\n<style>\n{PageStyle.Text}\n</style>\n</head>\n<body>");
        writer.WriteLine($"<nav aria-label=\"Sections\">{string.Concat(report.Sections.Select(section => $"<a href=\"#{section.Name}\">{section.Name}</a>"))}</nav>\n<main>");
        foreach (var section in report.Sections)
        {
            WriteSection(writer, section);
        }

        writer.WriteLine("</main>\n</body>\n</html>");
    }

    /// <summary>A text with all that could be taken for markup escaped, and without what a page cannot hold.</summary>
    internal static string Text(string text) => WebUtility.HtmlEncode(Xlsx.CellText.Clean(text));

    private static void WriteSection(TextWriter writer, ReportSection section)
    {
        writer.WriteLine($"<section id=\"{section.Name}\">");
        if (section.Blocks is not [TextBlock { Role: TextRole.Title }, ..])
        {
            writer.WriteLine($"<h2>{section.Name}</h2>");
        }

        // Facts that follow each other are one list, and so are links.
        bool isInList = false;
        foreach (var block in section.Blocks)
        {
            bool isEntry = block is FactBlock or LinkBlock;
            if (isEntry != isInList)
            {
                writer.WriteLine(isEntry ? "<dl>" : "</dl>");
                isInList = isEntry;
            }

            WriteBlock(writer, block);
        }

        writer.WriteLine(isInList ? "</dl>\n</section>" : "</section>");
    }

    private static void WriteBlock(TextWriter writer, ReportBlock block)
    {
        switch (block)
        {
            case TextBlock { Role: TextRole.Title, Text: var title }:
                writer.WriteLine($"<h1>{Text(title)}</h1>");
                break;
            case TextBlock { Role: TextRole.Heading, Text: var heading }:
                writer.WriteLine($"<h3>{Text(heading)}</h3>");
                break;
            case TextBlock text:
                writer.WriteLine($"<p{(text.Role == TextRole.Warning ? " class=\"warning\"" : "")}>{Text(text.Text)}</p>");
                break;
            case FactBlock fact:
                writer.WriteLine($"<dt>{Text(fact.Name)}</dt><dd>{Text(fact.Value)}</dd>");
                break;
            case LinkBlock link:
                writer.WriteLine($"<dt><a href=\"#{link.Section}\">{link.Section}</a></dt><dd>{Text(link.About)}</dd>");
                break;
            case ChartBlock chart:
                writer.WriteLine($"<figure><figcaption>{Text(chart.Chart.Title)}</figcaption>");
                SvgChart.Write(writer, chart.Chart);
                WriteNumbers(writer, chart.Chart);
                writer.WriteLine("</figure>");
                break;
            case TableBlock table:
                PageTable.Write(writer, table.Table);
                break;
            default:
                throw new NotSupportedException($"A {block.GetType().Name} cannot be written to a page.");
        }
    }

    // The numbers of a chart, for those who want to copy them or do not see it.
    private static void WriteNumbers(TextWriter writer, ReportChart chart)
    {
        writer.WriteLine("<details><summary>The numbers</summary><div class=\"scroll\"><table><thead><tr>");
        writer.Write($"<th scope=\"col\">{Text(chart.X.Title)}</th>");
        writer.WriteLine(string.Concat(chart.Series.Select(series => $"<th scope=\"col\" class=\"number\">{Text(series.Name)}</th>")) + "</tr></thead><tbody>");
        var lines = chart.Series.Select(series => series.Values.ToDictionary(value => value.X, value => value.Y)).ToArray();
        foreach (double place in lines.SelectMany(line => line.Keys).Distinct().Order())
        {
            var cells = lines.Select(line => line.TryGetValue(place, out double y) ? AxisLabel.Of(y, chart.Y.Format) : "");
            writer.WriteLine($"<tr><th scope=\"row\">{Text(chart.PlaceName(place))}</th>{string.Concat(cells.Select(cell => $"<td class=\"number\">{cell}</td>"))}</tr>");
        }

        writer.WriteLine("</tbody></table></div></details>");
    }
}
