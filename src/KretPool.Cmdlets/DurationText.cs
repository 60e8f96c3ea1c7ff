using System.Globalization;

namespace KretPool.Cmdlets;

/// <summary>Writes times as people do.</summary>
internal static class DurationText
{
    /// <summary>Writes a time with the unit that suits it.</summary>
    /// <param name="time">The time.</param>
    /// <returns>For example <c>250 ms</c>, <c>4.2 s</c>, <c>3 min 20 s</c> or <c>2 h 5 min</c>.</returns>
    public static string Of(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => Text($"{time.TotalMilliseconds:0.###} ms"),
        { TotalMinutes: < 1 } => Text($"{time.TotalSeconds:0.#} s"),
        { TotalHours: < 1 } => Text($"{time.Minutes} min {time.Seconds} s"),
        _ => Text($"{Math.Floor(time.TotalHours)} h {time.Minutes} min"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
