using System.Globalization;

namespace KretPool.Analysis.Report.Xlsx;

/// <summary>Names of cells and columns as spreadsheets write them.</summary>
internal static class CellReference
{
    private static readonly string[] s_columns = [.. Enumerable.Range(0, 512).Select(MakeColumn)];

    /// <summary>The letters of a column, from 0.</summary>
    public static string Column(int index) => index < s_columns.Length ? s_columns[index] : MakeColumn(index);

    /// <summary>A block of cells of a sheet, rows counted from 1.</summary>
    public static string Block(int firstRow, int columnCount, int lastRow) => string.Create(
        CultureInfo.InvariantCulture, $"A{firstRow}:{Column(columnCount - 1)}{lastRow}");

    /// <summary>A column's cells from one row to another, both counted from 1, as a chart refers to them.</summary>
    public static string Range(string sheet, int column, int firstRow, int lastRow) => string.Create(
        CultureInfo.InvariantCulture, $"{Sheet(sheet)}!${Column(column)}${firstRow}:${Column(column)}${lastRow}");

    /// <summary>A cell, as a chart refers to it.</summary>
    public static string Cell(string sheet, int column, int row) => string.Create(
        CultureInfo.InvariantCulture, $"{Sheet(sheet)}!${Column(column)}${row}");

    /// <summary>The name of a sheet in a reference.</summary>
    public static string Sheet(string name) => $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string MakeColumn(int index) =>
        index < 26 ? ((char)('A' + index)).ToString() : MakeColumn((index / 26) - 1) + (char)('A' + (index % 26));
}
