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

    /// <summary>Writes a ratio with four digits.</summary>
    /// <param name="ratio">How many times as much.</param>
    /// <returns>For example <c>2.006x</c> or <c>1171x</c>; empty for null.</returns>
    public static string Ratio(double? ratio) => ratio is { } times ? Digits(times) + "x" : "";

    /// <summary>Writes the two ends of an interval of a ratio.</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end.</param>
    /// <returns>For example <c>27.07 to 33.42</c>; empty if an end is null.</returns>
    public static string RatioInterval(double? low, double? high) =>
        low is { } least && high is { } most ? $"{Digits(least)} to {Digits(most)}" : "";

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

    /// <summary>Writes figures and times in formats of .NET.</summary>
    /// <param name="format">A composite format.</param>
    /// <param name="values">What goes into it.</param>
    /// <returns>The text; empty if there is nothing but null to write.</returns>
    public static string Figures(string format, params object?[]? values) =>
        values is null || Array.TrueForAll(values, value => value is null)
            ? ""
            : string.Format(CultureInfo.InvariantCulture, format, values);

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

    /// <summary>
    /// Writes how many objects are rented in a row, and those conditions of a benchmark that are not the usual ones, for the
    /// head of a table of results.
    /// </summary>
    /// <param name="bulkSize">Objects rented in a row.</param>
    /// <param name="probedRoutine">What ran between rent and return; empty for nothing.</param>
    /// <param name="holdMs">How long objects were held, in milliseconds; null if they were not.</param>
    /// <param name="objectSize">Bytes of each object.</param>
    /// <param name="placement">How threads were laid over CPUs.</param>
    /// <param name="memoryPolicy">Where the memory of the objects was asked to come from.</param>
    /// <param name="nodes">NUMA nodes of the threads.</param>
    /// <param name="interruptMs">How often an interrupter woke, in milliseconds; null without.</param>
    /// <param name="closedWhileOut">Whether the pool was closed while objects were out.</param>
    /// <returns>For example <c>one object at a time</c>, or <c>8 in a row, interrupted every 5 ms</c>.</returns>
    public static string Circumstances(
        int bulkSize, string? probedRoutine, double? holdMs, int objectSize, string? placement, string? memoryPolicy, string? nodes,
        double? interruptMs, bool closedWhileOut)
    {
        string?[] parts =
        [
            bulkSize > 1 ? Text($"{bulkSize} in a row") : "one object at a time",
            string.IsNullOrEmpty(probedRoutine) ? null : $"routine {probedRoutine}",
            holdMs is null ? null : Text($"hold {holdMs} ms"),
            objectSize > 0 ? Text($"objects of {objectSize} bytes") : null,
            placement is null or "" or "Compact" ? null : $"placement {placement}",
            memoryPolicy is null or "" or "Default" ? null : $"memory policy {memoryPolicy}",
            nodes is null or "" or "0" ? null : $"NUMA node {nodes}",
            interruptMs is null ? null : Text($"interrupted every {interruptMs} ms"),
            closedWhileOut ? "closed while objects are out" : null,
        ];
        return string.Join(", ", parts.Where(part => part is not null));
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
