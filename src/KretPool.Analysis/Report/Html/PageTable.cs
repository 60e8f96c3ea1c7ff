using System.Globalization;

namespace KretPool.Analysis.Report.Html;

/// <summary>
/// Writes a table to a page. Columns that hold the same value in every row are said once above it, and empty ones are
/// left out: a result has more columns than a page has room for.
/// </summary>
internal static class PageTable
{
    private const int FewRows = 2;

    public static void Write(TextWriter writer, ReportTable table)
    {
        var (shown, constant, rowCount) = Split(table);
        if (constant.Count > 0)
        {
            writer.WriteLine("<h3>The same in all rows</h3>\n<dl>");
            foreach (var (column, value) in constant)
            {
                writer.WriteLine($"<dt>{PageWriter.Text(table.Columns[column].Header)}</dt><dd>{PageWriter.Text(Show(value, table.Columns[column].Format))}</dd>");
            }

            writer.WriteLine("</dl>");
        }

        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{PageWriter.Text(table.Name)}, {rowCount:N0} rows\"><table><thead><tr>"));
        foreach (int i in shown)
        {
            bool isNumber = table.Columns[i].Format is not (ReportFormat.Text or ReportFormat.Time);
            writer.Write($"<th scope=\"col\"{(isNumber ? " class=\"number\"" : "")}>{PageWriter.Text(table.Columns[i].Header)}</th>");
        }

        writer.WriteLine("</tr></thead><tbody>");
        foreach (var row in table.Rows)
        {
            writer.Write("<tr>");
            foreach (int i in shown)
            {
                string style = row[i] switch
                {
                    int or long or double => " class=\"number\"",
                    KretPool.Results.PoolVerdict verdict => $" class=\"{verdict}\"",
                    _ => "",
                };
                writer.Write($"<td{style}>{PageWriter.Text(Show(row[i], table.Columns[i].Format))}</td>");
            }

            writer.WriteLine("</tr>");
        }

        writer.WriteLine("</tbody></table></div>");
    }

    private static (List<int> Shown, List<(int Column, object Value)> Constant, int RowCount) Split(ReportTable table)
    {
        object?[]? first = null;
        bool[] varies = new bool[table.Columns.Count];
        int rowCount = 0;
        foreach (var row in table.Rows)
        {
            first ??= [.. row];
            rowCount++;
            for (int i = 0; i < varies.Length; i++)
            {
                varies[i] |= !Equals(first[i], row[i]);
            }
        }

        List<int> shown = [];
        List<(int, object)> constant = [];
        for (int i = 0; i < varies.Length; i++)
        {
            if (varies[i] || rowCount < FewRows)
            {
                shown.Add(i);
            }
            else if (first![i] is { } value && value is not "")
            {
                constant.Add((i, value));
            }
        }

        return (shown, constant, rowCount);
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
                ReportFormat.Probability when number is > 0 and < 0.0001 => "'<0.0001'",
                ReportFormat.Probability => "0.0000",
                ReportFormat.Tenths => "#,##0.0",
                ReportFormat.Scientific => "0.00E+00",
                ReportFormat.General => "0.######",
                _ => "#,##0.000",
            },
            CultureInfo.InvariantCulture),
        int or long => ((IFormattable)value).ToString("#,##0", CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
