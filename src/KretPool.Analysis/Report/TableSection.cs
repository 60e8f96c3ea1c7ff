using KretPool.Analysis.Rows;

namespace KretPool.Analysis.Report;

/// <summary>All rows of a flat type as a table under the names of their columns, so that it can be read back.</summary>
internal static class TableSection
{
    public static ReportSection? Build<T>(string name, IReadOnlyCollection<T> rows)
        where T : class
    {
        if (rows.Count == 0)
        {
            return null;
        }

        var columns = FlatRow.ColumnsOf<T>();
        return new ReportSection(name,
        [
            new TableBlock(new ReportTable(
                name,
                [.. columns.Select(column => new ReportColumn(column.Name, FormatOf(column)))],
                Values(rows, columns))),
        ]);
    }

    // One array serves all rows: a table is written row by row.
    private static IEnumerable<IReadOnlyList<object?>> Values<T>(IEnumerable<T> rows, IReadOnlyList<FlatColumn> columns)
        where T : class
    {
        object?[] values = new object?[columns.Count];
        foreach (T row in rows)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = columns[i].Get(row);
            }

            yield return values;
        }
    }

    // The unit is in the name.
    private static ReportFormat FormatOf(FlatColumn column) => Type.GetTypeCode(column.ValueType) switch
    {
        TypeCode.DateTime => ReportFormat.Time,
        TypeCode.Int32 or TypeCode.Int64 when !column.ValueType.IsEnum => ReportFormat.Whole,
        TypeCode.Double => column.Name switch
        {
            _ when column.Name.Contains("OpsPerSec", StringComparison.Ordinal) => ReportFormat.Whole,
            _ when column.Name.Contains("PValue", StringComparison.Ordinal) => ReportFormat.Probability,
            _ when column.Name.Contains("Ratio", StringComparison.Ordinal) => ReportFormat.Ratio,
            _ when column.Name.EndsWith("Rate", StringComparison.Ordinal) => ReportFormat.Percent,
            _ => ReportFormat.Number,
        },
        _ => ReportFormat.Text,
    };
}
