using System.Globalization;
using DocumentFormat.OpenXml.Drawing.Spreadsheet;
using A = DocumentFormat.OpenXml.Drawing;
using C = DocumentFormat.OpenXml.Drawing.Charts;

namespace KretPool.Analysis.Report.Xlsx;

/// <summary>The layer of a sheet that its charts lie on.</summary>
internal static class ChartDrawing
{
    // In English Metric Units. A frame on the edge of a page is printed on both sides of it.
    private const string BelowEdge = "63500";

    /// <summary>The relationship id of a chart of the drawing, from 0.</summary>
    public static string ChartId(int index) => string.Create(CultureInfo.InvariantCulture, $"chart{index + 1}");

    public static WorksheetDrawing Anchors(IEnumerable<PlacedChart> charts) => new(charts.Select(Anchor));

    private static TwoCellAnchor Anchor(PlacedChart chart, int index) => new(
        new FromMarker(new ColumnId("0"), new ColumnOffset("0"), Row(chart.Row - 1), new RowOffset(BelowEdge)),
        new ToMarker(
            new ColumnId(chart.ColumnCount.ToString(CultureInfo.InvariantCulture)), new ColumnOffset("0"),
            Row(chart.Row - 1 + chart.RowCount), new RowOffset("0")),
        new GraphicFrame(
            new NonVisualGraphicFrameProperties(
                new NonVisualDrawingProperties
                {
                    Id = (uint)index + 2,
                    Name = string.Create(CultureInfo.InvariantCulture, $"Chart {index + 1}"),
                    Title = CellText.Clean(chart.Chart.Title),
                    Description = CellText.Clean(chart.Chart.Description),
                },
                new NonVisualGraphicFrameDrawingProperties()),
            new Transform(new A.Offset { X = 0, Y = 0 }, new A.Extents { Cx = 0, Cy = 0 }),
            new A.Graphic(new A.GraphicData(new C.ChartReference { Id = ChartId(index) })
            {
                Uri = "http://schemas.openxmlformats.org/drawingml/2006/chart",
            }))
        { Macro = "" },
        new ClientData());

    private static RowId Row(int index) => new(index.ToString(CultureInfo.InvariantCulture));
}
