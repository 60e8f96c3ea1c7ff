using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace KretPool.Analysis.Report.Xlsx;

/// <summary>Writes the rows of one sheet, from top to bottom.</summary>
internal sealed class SheetWriter(OpenXmlWriter writer, SharedStrings strings)
{
    // What spreadsheets count days from; an earlier day is not a date to them.
    private static readonly DateTime s_firstDay = new(1900, 3, 1);

    // One cell of each sort serves all rows: a report has millions.
    private readonly CellValue _value = new();
    private readonly Cell _valueCell = new();
    private readonly Text _inlineText = new() { Space = SpaceProcessingModeValues.Preserve };
    private readonly Cell _inlineCell = new() { DataType = CellValues.InlineString };
    private readonly List<Hyperlink> _links = [];
    private readonly List<Break> _breaks = [];

    /// <summary>How many rows are written.</summary>
    public int RowCount { get; private set; }

    /// <summary>Begins the sheet.</summary>
    public void Begin(SheetLayout layout)
    {
        _valueCell.Append(_value);
        _inlineCell.Append(new InlineString(_inlineText));
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetProperties(
            new TabColor { Rgb = "FF" + layout.TabColour },
            new PageSetupProperties { FitToPage = layout.HasFrozenHeader }));
        var view = new SheetView { WorkbookViewId = 0, ShowGridLines = layout.HasFrozenHeader };
        if (layout.HasFrozenHeader)
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
        writer.WriteElement(new Columns(layout.ColumnWidths.Select((width, i) =>
            new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = width, CustomWidth = true })));
        writer.WriteStartElement(new SheetData());
    }

    /// <summary>Writes a row.</summary>
    /// <param name="values">Its values from the first column on; a null leaves the cell empty.</param>
    /// <param name="styleOf">The style of the cell in a column, from 0.</param>
    /// <param name="height">Its height in lines; null leaves it to the reader of the workbook.</param>
    public void WriteRow(IReadOnlyList<object?> values, Func<int, CellStyle> styleOf, double? height = null)
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
                WriteCell(CellReference.Column(i) + rowText, value, styleOf(i));
            }
        }

        writer.WriteEndElement();
    }

    /// <summary>Leaves rows empty.</summary>
    public void SkipRows(int count) => RowCount += count;

    /// <summary>Makes the first cell of the last row a way to another sheet.</summary>
    public void Link(string sheet) => _links.Add(new Hyperlink
    {
        Reference = FormattableString.Invariant($"A{RowCount}"),
        Location = $"{CellReference.Sheet(sheet)}!A1",
        Display = sheet,
    });

    /// <summary>Lets what follows begin on a new page.</summary>
    public void BreakPage()
    {
        if (RowCount > 0)
        {
            _breaks.Add(new Break { Id = (uint)RowCount, Max = 16_383, ManualPageBreak = true });
        }
    }

    /// <summary>Ends the sheet.</summary>
    /// <param name="layout">As it began.</param>
    /// <param name="footer">What stands at the foot of each page, in a spreadsheet's own codes.</param>
    /// <param name="drawingId">Relationship id of its drawing, or null.</param>
    /// <param name="tableIds">Relationship ids of its tables.</param>
    public void End(SheetLayout layout, string footer, string? drawingId, IReadOnlyCollection<string> tableIds)
    {
        writer.WriteEndElement();
        if (_links.Count > 0)
        {
            writer.WriteElement(new Hyperlinks(_links));
        }

        writer.WriteElement(new PageMargins { Left = 0.5, Right = 0.5, Top = 0.5, Bottom = 0.7, Header = 0.3, Footer = 0.3 });

        // Pages that begin where they should are ignored by spreadsheets on a sheet that is fitted to pages.
        writer.WriteElement(layout.HasFrozenHeader
            ? new PageSetup { Orientation = OrientationValues.Landscape, FitToWidth = layout.PagesAcross, FitToHeight = 0 }
            : new PageSetup { Orientation = OrientationValues.Landscape, Scale = layout.Scale });
        writer.WriteElement(new HeaderFooter(new OddFooter(footer)));
        if (_breaks.Count > 0)
        {
            writer.WriteElement(new RowBreaks(_breaks) { Count = (uint)_breaks.Count, ManualBreakCount = (uint)_breaks.Count });
        }

        if (drawingId is not null)
        {
            writer.WriteElement(new Drawing { Id = drawingId });
        }

        if (tableIds.Count > 0)
        {
            writer.WriteElement(new TableParts(tableIds.Select(id => new TablePart { Id = id })) { Count = (uint)tableIds.Count });
        }

        writer.WriteEndElement();
    }

    private void WriteCell(string reference, object value, CellStyle style)
    {
        switch (value)
        {
            case DateTime time when time >= s_firstDay:
                WriteValue(reference, style, null, Invariant(time.ToOADate()));
                break;
            case DateTime time:
                WriteText(reference, style, time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
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

    private void WriteText(string reference, CellStyle style, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        string stored = CellText.Escape(CellText.Clean(text));
        var shown = style == CellStyle.Text && CellText.LooksLikeFormula(text) ? CellStyle.QuotedText : style;
        if (strings.IndexOf(stored) is { } index)
        {
            WriteValue(reference, shown, CellValues.SharedString, index.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            _inlineText.Text = stored;
            _inlineCell.CellReference = reference;
            _inlineCell.StyleIndex = (uint)shown;
            writer.WriteElement(_inlineCell);
        }
    }

    private void WriteValue(string reference, CellStyle style, CellValues? type, string value)
    {
        _value.Text = value;
        _valueCell.CellReference = reference;
        _valueCell.StyleIndex = (uint)style;
        _valueCell.DataType = type is { } known ? new EnumValue<CellValues>(known) : null;
        writer.WriteElement(_valueCell);
    }

    private static string Invariant(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
