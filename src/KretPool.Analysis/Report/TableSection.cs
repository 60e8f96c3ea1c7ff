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
                Values(rows.Take(ReportTable.MaxRows), columns))),
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
        TypeCode.Double => FormatOf(column.Name),
        _ => ReportFormat.Text,
    };

    private static ReportFormat FormatOf(string name)
    {
        (string Part, ReportFormat Format)[] formats =
        [
            ("OpsPerSec", ReportFormat.Whole),
            ("PValue", ReportFormat.Probability),
            ("Ratio", ReportFormat.Ratio),
            ("SpeedUp", ReportFormat.Ratio),
            ("Rate", ReportFormat.Percent),
            ("Efficiency", ReportFormat.Percent),
            ("Threshold", ReportFormat.General),
            ("Percent", ReportFormat.Tenths),
            ("Ns", ReportFormat.Tenths),
            ("PeakThreadCount", ReportFormat.Tenths),
            ("Contention", ReportFormat.Scientific),
            ("Crosstalk", ReportFormat.Scientific),
            ("Ms", ReportFormat.General),
            ("Quota", ReportFormat.General),
            ("Confidence", ReportFormat.General),
        ];
        var known = Array.Find(formats, entry => name.Contains(entry.Part, StringComparison.Ordinal));
        return known.Part is null ? ReportFormat.Number : known.Format;
    }
}
