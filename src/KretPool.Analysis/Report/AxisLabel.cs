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
            _ => Text($"{value / 1e3:0.##} K"),
        },
        AxisFormat.Ratio => Text($"{value:#,##0.###}×"),
        AxisFormat.Percent => Text($"{value * 100:0.##}%"),
        AxisFormat.Date => Text($"{DateTime.FromOADate(value):yyyy-MM-dd}"),
        _ => Text($"{value:#,##0.##}"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
