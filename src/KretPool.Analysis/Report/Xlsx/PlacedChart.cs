namespace KretPool.Analysis.Report.Xlsx;

/// <summary>A chart and where it and the table of its numbers are on a sheet.</summary>
/// <param name="Chart">The chart.</param>
/// <param name="SheetName">The sheet.</param>
/// <param name="Row">The row of its upper edge, from 1.</param>
/// <param name="RowCount">How many rows it covers.</param>
/// <param name="ColumnCount">How many columns it covers, from the first.</param>
/// <param name="HeaderRow">The row of the table's headers, from 1; the numbers are below.</param>
/// <param name="Headers">The headers: the horizontal axis, then a column for each line.</param>
/// <param name="Places">The places along the horizontal axis, a row each.</param>
internal sealed record PlacedChart(
    ReportChart Chart, string SheetName, int Row, int RowCount, int ColumnCount, int HeaderRow,
    IReadOnlyList<string> Headers, IReadOnlyList<double> Places)
{
    /// <summary>The last row of the table.</summary>
    public int LastRow => HeaderRow + Places.Count;

    /// <summary>The cells of the places, as a chart refers to them.</summary>
    public string PlaceRange => CellReference.Range(SheetName, 0, HeaderRow + 1, LastRow);

    /// <summary>The cells of a line's numbers.</summary>
    public string ValueRange(int series) => CellReference.Range(SheetName, series + 1, HeaderRow + 1, LastRow);

    /// <summary>The cell of a line's name.</summary>
    public string NameCell(int series) => CellReference.Cell(SheetName, series + 1, HeaderRow);
}
