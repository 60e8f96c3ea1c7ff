namespace KretPool.Analysis.Report.Xlsx;

/// <summary>Widths of a table's columns, from the headers and the first rows.</summary>
internal static class ColumnWidths
{
    private const int RowsLookedAt = 100;
    private const int Widest = 60;

    // Room for the arrow of the filter.
    private const int Padding = 4;

    public static IReadOnlyList<double> Of(ReportTable table)
    {
        int[] widths = [.. table.Columns.Select(column => column.Header.Length)];
        foreach (var row in table.Rows.Take(RowsLookedAt))
        {
            for (int i = 0; i < widths.Length; i++)
            {
                widths[i] = Math.Max(widths[i], Length(row[i], table.Columns[i].Format));
            }
        }

        return [.. widths.Select(width => (double)Math.Min(width, Widest) + Padding)];
    }

    private static int Length(object? value, ReportFormat format) => value switch
    {
        null => 0,
        DateTime => 19,
        double number when format == ReportFormat.Whole => FormattableString.Invariant($"{number:N0}").Length,
        double when format is ReportFormat.Scientific or ReportFormat.Percent => 8,
        double number => FormattableString.Invariant($"{number:N3}").Length,
        int or long => FormattableString.Invariant($"{value:N0}").Length,
        _ => value.ToString()?.Length ?? 0,
    };
}
