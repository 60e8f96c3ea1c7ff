using DocumentFormat.OpenXml.Spreadsheet;

namespace KretPool.Analysis.Report.Xlsx;

/// <summary>The stylesheet of a workbook: what every <see cref="CellStyle"/> looks like.</summary>
internal static class Stylesheets
{
    private const string HeaderBlue = "1F4E79";

    private static readonly Dictionary<CellStyle, string> s_formats = new()
    {
        [CellStyle.Whole] = "#,##0",
        [CellStyle.Number] = "#,##0.000",
        [CellStyle.Tenths] = "#,##0.0",
        [CellStyle.Scientific] = "0.00E+00",
        [CellStyle.Ratio] = "0.000\"×\"",
        [CellStyle.Percent] = "0.00%",
        [CellStyle.Probability] = "[<0.0001]\"<0.0001\";0.0000",
        [CellStyle.Time] = "yyyy-mm-dd hh:mm:ss",
    };

    private enum FontId : uint
    {
        Body,
        Title,
        Heading,
        Bold,
        Header,
        Link,
    }

    // The first two are fixed by the file format.
    private enum FillId : uint
    {
        None,
        Gray125,
        Warning,
        Faster,
        Slower,
        Header,
    }

    public static CellStyle For(ReportFormat format) => format switch
    {
        ReportFormat.Whole => CellStyle.Whole,
        ReportFormat.General => CellStyle.General,
        ReportFormat.Tenths => CellStyle.Tenths,
        ReportFormat.Scientific => CellStyle.Scientific,
        ReportFormat.Number => CellStyle.Number,
        ReportFormat.Ratio => CellStyle.Ratio,
        ReportFormat.Percent => CellStyle.Percent,
        ReportFormat.Probability => CellStyle.Probability,
        ReportFormat.Time => CellStyle.Time,
        _ => CellStyle.Text,
    };

    public static Stylesheet Build() => new(
        new NumberingFormats(s_formats.Select(entry =>
            new NumberingFormat { NumberFormatId = FormatId(entry.Key), FormatCode = entry.Value })),
        new Fonts(
            MakeFont(11), MakeFont(18, bold: true, HeaderBlue), MakeFont(13, bold: true, HeaderBlue), MakeFont(11, bold: true),
            MakeFont(11, bold: true, "FFFFFF"), MakeLinkFont()),
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            Solid("FFF2CC"),
            Solid("D6E8F5"),
            Solid("FBE0D0"),
            Solid(HeaderBlue)),
        new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder())),
        new CellStyleFormats(new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 }),
        new CellFormats(Enum.GetValues<CellStyle>().Select(MakeFormat)),
        new CellStyles(new DocumentFormat.OpenXml.Spreadsheet.CellStyle { Name = "Normal", FormatId = 0, BuiltinId = 0 }));

    private static CellFormat MakeFormat(CellStyle style)
    {
        var format = new CellFormat
        {
            NumberFormatId = s_formats.ContainsKey(style) ? FormatId(style) : 0,
            ApplyNumberFormat = true,
            FontId = (uint)(style switch
            {
                CellStyle.Title => FontId.Title,
                CellStyle.Heading => FontId.Heading,
                CellStyle.Label => FontId.Bold,
                CellStyle.TableHeader or CellStyle.NumberHeader => FontId.Header,
                CellStyle.Link => FontId.Link,
                _ => FontId.Body,
            }),
            ApplyFont = true,
            FillId = (uint)(style switch
            {
                CellStyle.Warning => FillId.Warning,
                CellStyle.Faster => FillId.Faster,
                CellStyle.Slower => FillId.Slower,
                CellStyle.TableHeader or CellStyle.NumberHeader => FillId.Header,
                _ => FillId.None,
            }),
            ApplyFill = true,
            BorderId = 0,
            FormatId = 0,
        };
        if (style == CellStyle.QuotedText)
        {
            format.QuotePrefix = true;
        }

        if (style is CellStyle.Wrapped or CellStyle.Warning or CellStyle.Label or CellStyle.Link)
        {
            format.Alignment = new Alignment { Vertical = VerticalAlignmentValues.Top, WrapText = style is CellStyle.Wrapped or CellStyle.Warning };
            format.ApplyAlignment = true;
        }

        if (style == CellStyle.NumberHeader)
        {
            format.Alignment = new Alignment { Horizontal = HorizontalAlignmentValues.Right };
            format.ApplyAlignment = true;
        }

        return format;
    }

    // Numbers below 164 belong to built-in formats. 22 is that of a date with a time, and the only way in which some
    // readers, ImportExcel among them, know that a number is one.
    private static uint FormatId(CellStyle style) => style == CellStyle.Time ? 22 : 164 + (uint)style;

    private static Font MakeFont(double size, bool bold = false, string? colour = null)
    {
        var font = new Font(new FontSize { Val = size });
        if (bold)
        {
            font.PrependChild(new Bold());
        }

        if (colour is not null)
        {
            font.Append(new Color { Rgb = "FF" + colour });
        }

        font.Append(new FontName { Val = "Calibri" }, new FontFamilyNumbering { Val = 2 });
        return font;
    }

    private static Font MakeLinkFont()
    {
        var font = MakeFont(11, colour: "0563C1");
        font.PrependChild(new Underline());
        return font;
    }

    private static Fill Solid(string colour) =>
        new(new PatternFill(new ForegroundColor { Rgb = "FF" + colour }) { PatternType = PatternValues.Solid });
}
