using System.Globalization;

namespace KretPool.Results;

/// <summary>Writes figures for people, the same everywhere.</summary>
public static class ResultText
{
    private static readonly (double Factor, string Prefix)[] s_prefixes = [(1e9, "G"), (1e6, "M"), (1e3, "k"), (1, "")];
    private static readonly string[] s_byteUnits = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>Writes a rate with four digits.</summary>
    /// <param name="perSecond">Operations per second.</param>
    /// <returns>For example <c>234.8 M/s</c>; empty for null.</returns>
    public static string Rate(double? perSecond)
    {
        if (perSecond is not { } rate)
        {
            return "";
        }

        var (factor, prefix) = Scale(rate);
        return Text($"{Digits(rate / factor)} {prefix}/s");
    }

    /// <summary>Writes the two ends of an interval with one unit.</summary>
    /// <param name="low">The lower end, in operations per second.</param>
    /// <param name="high">The upper end, in operations per second.</param>
    /// <returns>For example <c>230.1-236.9 M/s</c>; empty if an end is null.</returns>
    public static string RateInterval(double? low, double? high)
    {
        if (low is not { } least || high is not { } most)
        {
            return "";
        }

        var (factor, prefix) = Scale(most);
        return Text($"{Digits(least / factor)}-{Digits(most / factor)} {prefix}/s");
    }

    /// <summary>Writes a time with the unit that suits it.</summary>
    /// <param name="nanoseconds">Nanoseconds.</param>
    /// <returns>For example <c>4.3 ns</c> or <c>1.2 ms</c>; empty for null.</returns>
    public static string Nanoseconds(double? nanoseconds) => nanoseconds switch
    {
        null => "",
        < 1e3 => Text($"{nanoseconds:0.0} ns"),
        < 1e6 => Text($"{nanoseconds / 1e3:0.0} µs"),
        < 1e9 => Text($"{nanoseconds / 1e6:0.0} ms"),
        _ => Text($"{nanoseconds / 1e9:0.0} s"),
    };

    /// <summary>Writes a share in percent.</summary>
    /// <param name="share">From 0 to 1.</param>
    /// <returns>For example <c>0 %</c> or <c>12.5 %</c>; empty for null.</returns>
    public static string Share(double? share) => share is null ? "" : Text($"{share * 100:0.##} %");

    /// <summary>Writes an amount of memory with the unit that suits it.</summary>
    /// <param name="bytes">Bytes.</param>
    /// <returns>For example <c>512 B</c>, <c>32 KiB</c> or <c>23.54 GiB</c>; empty for null.</returns>
    public static string Bytes(long? bytes)
    {
        if (bytes is not { } count)
        {
            return "";
        }

        double size = count;
        int unit = 0;
        while (size >= 1024 && unit < s_byteUnits.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        return Text($"{size:0.##} {s_byteUnits[unit]}");
    }

    private static (double Factor, string Prefix) Scale(double rate) =>
        s_prefixes.FirstOrDefault(scale => rate >= scale.Factor, (1, ""));

    private static string Digits(double value) => value switch
    {
        >= 999.95 => Text($"{value:0}"),
        >= 99.995 => Text($"{value:0.0}"),
        >= 9.9995 => Text($"{value:0.00}"),
        _ => Text($"{value:0.000}"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
