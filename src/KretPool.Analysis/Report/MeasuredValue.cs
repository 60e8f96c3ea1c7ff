using KretPool.Results;

namespace KretPool.Analysis.Report;

/// <summary>A value for a chart, and what it was measured under.</summary>
/// <param name="Conditions">The result that it belongs to, or one that stands for it.</param>
/// <param name="Kind">The kind of pool, whose line it goes on.</param>
/// <param name="StartedUtc">When it was measured. Of several values at one place the latest is shown.</param>
/// <param name="Value">The value; one that is null or not finite is not shown.</param>
internal sealed record MeasuredValue(PoolBenchmarkResult Conditions, string Kind, DateTime StartedUtc, double? Value)
{
    /// <summary>Takes a value of a result.</summary>
    public static MeasuredValue Of(PoolBenchmarkResult result, double? value) =>
        new(result, result.Kind, result.StartedUtc, value);

    /// <summary>Whether an axis can show it; a logarithmic one cannot show a zero.</summary>
    public bool CanBeShown(bool withZero) => Value is { } value && double.IsFinite(value) && (value > 0 || (withZero && value == 0));
}
