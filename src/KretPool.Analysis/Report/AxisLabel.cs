using System.Globalization;

namespace KretPool.Analysis.Report;

/// <summary>Writes values along an axis as a workbook would show them.</summary>
internal static class AxisLabel
{
    public static string Of(double value, AxisFormat format) => format switch
    {
        AxisFormat.Rate => value switch
        {
            >= 1e9 => Text($"{value / 1e9:0.##} G"),
            >= 1e6 => Text($"{value / 1e6:0.##} M"),
            >= 1e3 => Text($"{value / 1e3:0.##} K"),
            _ => Text($"{value:0.##}"),
        },
        AxisFormat.Ratio => Text($"{value:#,##0.###}×"),
        AxisFormat.Percent => Text($"{value * 100:0.##}%"),
        AxisFormat.Date => Text($"{DateTime.FromOADate(value):yyyy-MM-dd}"),
        AxisFormat.Minute => Text($"{DateTime.FromOADate(value):MM-dd HH:mm}"),
        _ => Text($"{value:#,##0.##}"),
    };

    /// <summary>The same as a number format of a spreadsheet. It shows a decimal point only where digits follow.</summary>
    /// <remarks>The limits lie a little low, since ticks that were multiplied up may fall short of round numbers.</remarks>
    /// <param name="format">How values are shown.</param>
    /// <param name="range">The axis.</param>
    public static string Code(AxisFormat format, AxisRange range) => format switch
    {
        AxisFormat.Rate when range.LogBase is null && range.MajorUnit < UnitOf(range.Max) => range.Max switch
        {
            >= 1e9 => "0.0##,,,\" G\"",
            >= 1e6 => "0.0##,,\" M\"",
            >= 1e3 => "0.0##,\" K\"",
            _ => "0.0##",
        },
        AxisFormat.Rate when range.Max >= 1e9 && range.Min >= 1e3 => "[>=999500000]0,,,\" G\";[>=999500]0,,\" M\";0,\" K\"",
        AxisFormat.Rate => "[>=999500]#,##0,,\" M\";[>=999.5]0,\" K\";0",
        AxisFormat.Ratio when range.LogBase is null && range.MajorUnit < 1 => "0.0##\"×\"",
        AxisFormat.Ratio => "[=0]0\"×\";[<1]0.0##\"×\";#,##0\"×\"",
        AxisFormat.Percent when range.MajorUnit < 0.0099 => "0.0##%",
        AxisFormat.Percent => "0%",
        AxisFormat.Date => "yyyy-mm-dd",
        AxisFormat.Minute => "mm-dd hh:mm",
        _ when range.LogBase is null && range.MajorUnit < 1 => "0.0##",
        _ => "[=0]0;[<1]0.0##;#,##0",
    };

    /// <summary>The number format of values that stand beside their bars, with more digits than the axis.</summary>
    public static string CodeOfValue(AxisFormat format) => format switch
    {
        AxisFormat.Rate => "[>=999500000]0.00,,,\" G\";[>=999500]0.0,,\" M\";0.0,\" K\"",
        AxisFormat.Ratio => "0.00\"×\"",
        AxisFormat.Percent => "0.0%",
        _ => "#,##0.0",
    };

    private static double UnitOf(double value) => value switch { >= 1e9 => 1e9, >= 1e6 => 1e6, >= 1e3 => 1e3, _ => 1 };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
