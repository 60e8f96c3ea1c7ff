using System.Globalization;

namespace KretPool.Analysis.Report.Xlsx;

/// <summary>Names of cells and columns as spreadsheets write them.</summary>
internal static class CellReference
{
    private static readonly string[] s_columns = [.. Enumerable.Range(0, 512).Select(MakeColumn)];

    /// <summary>The letters of a column, from 0.</summary>
    public static string Column(int index) => s_columns[index];

    /// <summary>A column's cells from one row to another, both counted from 1, as a chart refers to them.</summary>
    public static string Range(string sheet, int column, int firstRow, int lastRow) => string.Create(
        CultureInfo.InvariantCulture,
        $"'{sheet.Replace("'", "''", StringComparison.Ordinal)}'!${Column(column)}${firstRow}:${Column(column)}${lastRow}");

    private static string MakeColumn(int index) =>
        index < 26 ? ((char)('A' + index)).ToString() : MakeColumn((index / 26) - 1) + (char)('A' + (index % 26));
}
