using System.Globalization;
using System.Net;
using System.Text;

namespace KretPool.Analysis.Report.Html;

/// <summary>Writes a report as one HTML page that needs nothing else: charts in SVG, light and dark, printable.</summary>
public static class PageWriter
{
    private const string Style = """
        :root { color-scheme: light dark; --page: #fff; --text: #1a1a1a; --faint: #666; --line: #d9d9d9; --stripe: #f4f6f8; --warning: #fff2cc; --warning-text: #5c4400; }
        @media (prefers-color-scheme: dark) { :root { --page: #16181c; --text: #e8e8e8; --faint: #a0a0a0; --line: #3a3f47; --stripe: #1f2329; --warning: #4a3c10; --warning-text: #ffe9a8; } }
        @media print { :root { --page: #fff; --text: #000; --faint: #444; --line: #bbb; --stripe: #f4f6f8; --warning: #fff; --warning-text: #000; } section { break-inside: auto; } figure { break-inside: avoid; } .scroll { overflow: visible; max-height: none; } }
        body { background: var(--page); color: var(--text); font: 15px/1.5 system-ui, "Segoe UI", Roboto, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
        h1 { font-size: 1.8rem; } h2 { border-bottom: 1px solid var(--line); margin-top: 2.5rem; } h3 { margin: 1.5rem 0 .5rem; }
        nav a { margin-right: 1rem; } a { color: inherit; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.5rem; margin: .2rem 0; } dt { font-weight: 600; } dd { margin: 0; }
        .warning { background: var(--warning); color: var(--warning-text); padding: .3rem .6rem; }
        figure { margin: 1.5rem 0; } figcaption { font-weight: 600; } svg { max-width: 100%; height: auto; } svg text { fill: var(--text); font: 12px system-ui, sans-serif; } svg .grid { stroke: var(--line); } svg .axis { stroke: var(--faint); }
        .scroll { overflow: auto; max-height: 34rem; } table { border-collapse: collapse; font-size: 13px; } th { position: sticky; top: 0; background: var(--page); text-align: left; } th, td { padding: .15rem .6rem; white-space: nowrap; border-bottom: 1px solid var(--line); } tr:nth-child(even) td { background: var(--stripe); } td.number { text-align: right; font-variant-numeric: tabular-nums; }
        """;

    /// <summary>Writes the report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="target">Where to; stays open.</param>
    public static void Write(Report report, Stream target)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var writer = new StreamWriter(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        writer.WriteLine("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
        writer.WriteLine("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        writer.WriteLine($"<title>{Text(report.Title)}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>");
        writer.WriteLine($"<nav>{string.Concat(report.Sections.Select(section => $"<a href=\"#{section.Name}\">{section.Name}</a>"))}</nav>");
        foreach (var section in report.Sections)
        {
            writer.WriteLine($"<section id=\"{section.Name}\">");
            if (section.Blocks is not [TextBlock { Role: TextRole.Title }, ..])
            {
                writer.WriteLine($"<h2>{section.Name}</h2>");
            }

            foreach (var block in section.Blocks)
            {
                WriteBlock(writer, block);
            }

            writer.WriteLine("</section>");
        }

        writer.WriteLine("</body>\n</html>");
    }

    /// <summary>A text with all that could be taken for markup escaped.</summary>
    internal static string Text(string text) => WebUtility.HtmlEncode(text);

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
                writer.WriteLine($"<dl><dt>{Text(fact.Name)}</dt><dd>{Text(fact.Value)}</dd></dl>");
                break;
            case ChartBlock chart:
                writer.WriteLine($"<figure><figcaption>{Text(chart.Chart.Title)}</figcaption>");
                SvgChart.Write(writer, chart.Chart);
                writer.WriteLine("</figure>");
                break;
            case TableBlock table:
                WriteTable(writer, table.Table);
                break;
            default:
                throw new NotSupportedException($"A {block.GetType().Name} cannot be written to a page.");
        }
    }

    private static void WriteTable(TextWriter writer, ReportTable table)
    {
        writer.WriteLine("<div class=\"scroll\"><table><thead><tr>");
        foreach (var column in table.Columns)
        {
            writer.Write($"<th>{Text(column.Header)}</th>");
        }

        writer.WriteLine("</tr></thead><tbody>");
        foreach (var row in table.Rows)
        {
            writer.Write("<tr>");
            for (int i = 0; i < row.Count; i++)
            {
                bool isNumber = row[i] is int or long or double;
                writer.Write(isNumber ? "<td class=\"number\">" : "<td>");
                writer.Write(Text(Show(row[i], table.Columns[i].Format)));
                writer.Write("</td>");
            }

            writer.WriteLine("</tr>");
        }

        writer.WriteLine("</tbody></table></div>");
    }

    private static string Show(object? value, ReportFormat format) => value switch
    {
        null => "",
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        double number => number.ToString(
            format switch
            {
                ReportFormat.Whole => "#,##0",
                ReportFormat.Ratio => "0.000×",
                ReportFormat.Percent => "0.00%",
                ReportFormat.Probability => "0.0000",
                _ => "#,##0.###",
            },
            CultureInfo.InvariantCulture),
        int or long => ((IFormattable)value).ToString("#,##0", CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
