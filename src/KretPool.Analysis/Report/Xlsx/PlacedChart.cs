namespace KretPool.Analysis.Report.Xlsx;

/// <summary>A chart and where it and its numbers are on a sheet.</summary>
/// <param name="Chart">The chart.</param>
/// <param name="SheetName">The sheet.</param>
/// <param name="Row">The row of its upper edge, from 1.</param>
/// <param name="RowCount">How many rows it covers.</param>
/// <param name="ColumnCount">How many columns it covers, from the first.</param>
/// <param name="HeaderRow">The row of the names of its lines, from 1; the numbers are below.</param>
/// <param name="Places">The values along the horizontal axis, a row each.</param>
internal sealed record PlacedChart(
    ReportChart Chart, string SheetName, int Row, int RowCount, int ColumnCount, int HeaderRow, IReadOnlyList<double> Places);
