using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace KretPool.Analysis.Report.Xlsx;

/// <summary>Writes the rows of one sheet, from top to bottom.</summary>
internal sealed class SheetWriter(OpenXmlWriter writer, SharedStrings strings)
{
    // One cell of each sort serves all rows: a report has millions.
    private readonly CellValue _value = new();
    private readonly Cell _valueCell = new();
    private readonly Text _inlineText = new() { Space = SpaceProcessingModeValues.Preserve };
    private readonly Cell _inlineCell = new() { DataType = CellValues.InlineString };

    /// <summary>How many rows are written.</summary>
    public int RowCount { get; private set; }

    /// <summary>Begins the sheet.</summary>
    /// <param name="columnWidths">Widths of the columns, in characters.</param>
    /// <param name="frozenHeader">Whether the first row stays in sight.</param>
    public void Begin(IReadOnlyList<double> columnWidths, bool frozenHeader)
    {
        _valueCell.Append(_value);
        _inlineCell.Append(new InlineString(_inlineText));
        writer.WriteStartElement(new Worksheet());

        // On paper text and charts fit a page's width; a table of many columns would be too small to read.
        writer.WriteElement(new SheetProperties(new PageSetupProperties { FitToPage = !frozenHeader }));
        var view = new SheetView { WorkbookViewId = 0, ShowGridLines = frozenHeader };
        if (frozenHeader)
        {
            view.Append(new Pane
            {
                VerticalSplit = 1,
                TopLeftCell = "A2",
                ActivePane = PaneValues.BottomLeft,
                State = PaneStateValues.Frozen,
            });
        }

        writer.WriteElement(new SheetViews(view));
        writer.WriteElement(new Columns(columnWidths.Select((width, i) =>
            new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = width, CustomWidth = true })));
        writer.WriteStartElement(new SheetData());
    }

    /// <summary>Writes a row.</summary>
    /// <param name="values">Its values from the first column on; a null leaves the cell empty.</param>
    /// <param name="styleOf">The style of the cell in a column, from 0.</param>
    /// <param name="height">Its height in lines; null leaves it to the reader of the workbook.</param>
    public void WriteRow(IReadOnlyList<object?> values, Func<int, CellStyle> styleOf, int? height = null)
    {
        RowCount++;
        var row = new Row { RowIndex = (uint)RowCount };
        if (height is { } lines)
        {
            row.Height = lines * 15.0;
            row.CustomHeight = true;
        }

        writer.WriteStartElement(row);
        string rowText = RowCount.ToString(CultureInfo.InvariantCulture);
        for (int i = 0; i < values.Count; i++)
        {
            if (values[i] is { } value)
            {
                WriteCell(CellReference.Column(i) + rowText, value, (uint)styleOf(i));
            }
        }

        writer.WriteEndElement();
    }

    /// <summary>Leaves rows empty.</summary>
    public void SkipRows(int count) => RowCount += count;

    /// <summary>Ends the sheet.</summary>
    /// <param name="drawingId">Relationship id of its drawing, or null.</param>
    /// <param name="tableId">Relationship id of its table, or null.</param>
    public void End(string? drawingId, string? tableId)
    {
        writer.WriteEndElement();
        writer.WriteElement(new PageMargins { Left = 0.5, Right = 0.5, Top = 0.5, Bottom = 0.5, Header = 0.3, Footer = 0.3 });
        writer.WriteElement(new PageSetup { Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 });
        if (drawingId is not null)
        {
            writer.WriteElement(new Drawing { Id = drawingId });
        }

        if (tableId is not null)
        {
            writer.WriteElement(new TableParts(new TablePart { Id = tableId }) { Count = 1 });
        }

        writer.WriteEndElement();
    }

    private void WriteCell(string reference, object value, uint style)
    {
        switch (value)
        {
            case DateTime time:
                WriteValue(reference, style, null, Invariant(time.ToOADate()));
                break;
            case double number:
                if (double.IsFinite(number))
                {
                    WriteValue(reference, style, null, Invariant(number));
                }

                break;
            case int or long:
                WriteValue(reference, style, null, ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            case bool flag:
                WriteValue(reference, style, CellValues.Boolean, flag ? "1" : "0");
                break;
            default:
                WriteText(reference, style, value.ToString() ?? "");
                break;
        }
    }

    private void WriteText(string reference, uint style, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        string clean = CellText.Clean(text);
        if (strings.IndexOf(clean) is { } index)
        {
            WriteValue(reference, style, CellValues.SharedString, index.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            _inlineText.Text = clean;
            _inlineCell.CellReference = reference;
            _inlineCell.StyleIndex = style;
            writer.WriteElement(_inlineCell);
        }
    }

    private void WriteValue(string reference, uint style, CellValues? type, string value)
    {
        _value.Text = value;
        _valueCell.CellReference = reference;
        _valueCell.StyleIndex = style;
        _valueCell.DataType = type is { } known ? new EnumValue<CellValues>(known) : null;
        writer.WriteElement(_valueCell);
    }

    private static string Invariant(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
