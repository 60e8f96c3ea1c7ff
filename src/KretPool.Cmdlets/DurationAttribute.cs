using System.Globalization;
using System.Management.Automation;

namespace KretPool.Cmdlets;

/// <summary>
/// Lets a parameter of type <see cref="TimeSpan"/> be given as people write times: <c>250ms</c>, <c>2 s</c>,
/// <c>1.5 min</c>, <c>0:0:0.25</c>, or a plain number of milliseconds.
/// </summary>
/// <remarks>PowerShell itself would take a plain number for ticks of 100 ns.</remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationAttribute : ArgumentTransformationAttribute
{
    private static readonly (string Unit, double Milliseconds)[] s_units =
        [("us", 0.001), ("µs", 0.001), ("ms", 1), ("min", 60_000), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("", 1)];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is TimeSpan
            ? value
            : Parse(AsTyped(inputData))
                ?? throw new ArgumentTransformationMetadataException(
                    $"'{value}' is not a time. Write a number and a unit, such as 250ms, 2s, 1min or 1h; "
                    + "hours:minutes:seconds, such as 0:0:0.25; or a plain number of milliseconds.");
    }

    // PowerShell takes 2s for a short integer, and keeps what was typed beside it.
    private static string AsTyped(object inputData) => LanguagePrimitives.ConvertTo<string>(inputData);

    /// <summary>Reads a time.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The time; null if the text is none.</returns>
    internal static TimeSpan? Parse(string text)
    {
        text = text.Trim();
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null;
        }

        var (unit, milliseconds) = s_units.First(known => text.EndsWith(known.Unit, StringComparison.OrdinalIgnoreCase));
        string number = text[..^unit.Length];
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double amount)
            && Math.Abs(amount * milliseconds) < TimeSpan.MaxValue.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(amount * milliseconds)
            : null;
    }
}
