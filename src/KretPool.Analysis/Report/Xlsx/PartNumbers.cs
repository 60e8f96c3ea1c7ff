namespace KretPool.Analysis.Report.Xlsx;

/// <summary>Counts the parts of a workbook whose names are numbered across sheets.</summary>
internal sealed class PartNumbers
{
    private int _tables;
    private int _drawings;
    private int _charts;

    public int NextTable() => ++_tables;

    public int NextDrawing() => ++_drawings;

    public int NextChart() => ++_charts;
}
