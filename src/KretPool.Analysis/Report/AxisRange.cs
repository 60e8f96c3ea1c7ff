namespace KretPool.Analysis.Report;

/// <summary>The ends of an axis, at round numbers around the values.</summary>
/// <param name="Min">The lower end.</param>
/// <param name="Max">The upper end.</param>
/// <param name="LogBase">Base of the logarithm; null for an even scale.</param>
/// <param name="MajorUnit">Distance of ticks; on a logarithmic scale what one is multiplied by to give the next.</param>
internal sealed record AxisRange(double Min, double Max, double? LogBase, double MajorUnit)
{
    private const int WantedTicks = 8;

    public static AxisRange Of(ChartAxis axis, IEnumerable<double> values)
    {
        double[] all = [.. values];
        double min = all.Length == 0 ? 1 : all.Min();
        double max = all.Length == 0 ? 10 : all.Max();
        return axis.Scale switch
        {
            AxisScale.Log2 => Logarithmic(2, min, max),
            AxisScale.Log10 => Logarithmic(10, min, max),
            _ when axis.Format == AxisFormat.Date => Even(Math.Floor(min), Math.Ceiling(max + 0.001), wholeUnits: true),
            _ => Even(Math.Min(min, 0), max, wholeUnits: false),
        };
    }

    /// <summary>Where ticks are, from the lower end to the upper.</summary>
    public IEnumerable<double> Ticks()
    {
        for (double tick = Min; tick <= Max * (1 + 1e-9); tick = LogBase is null ? tick + MajorUnit : tick * MajorUnit)
        {
            yield return tick;
        }
    }

    /// <summary>Where a value stands on the axis: 0 at the lower end, 1 at the upper.</summary>
    public double Place(double value) => LogBase is null
        ? (value - Min) / (Max - Min)
        : Math.Log(value / Min) / Math.Log(Max / Min);

    // The upper end lies a little beyond a tick, so that a marker there is drawn whole. Ticks start from the lower.
    private static AxisRange Logarithmic(double logBase, double min, double max)
    {
        double low = Math.Floor(Math.Log(min, logBase) + 1e-9);
        double high = Math.Max(Math.Ceiling(Math.Log(max, logBase) - 1e-9), low + 1);
        return new AxisRange(Math.Pow(logBase, low), Math.Pow(logBase, high + (0.03 * (high - low))), logBase, logBase);
    }

    private static AxisRange Even(double min, double max, bool wholeUnits)
    {
        double raw = Math.Max(max - min, 1e-9) / WantedTicks;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double unit = power * (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        if (wholeUnits)
        {
            unit = Math.Max(1, Math.Ceiling(unit));
        }

        double low = Math.Floor(min / unit) * unit;
        return new AxisRange(low, Math.Max(Math.Ceiling(max / unit) * unit, low + unit), null, unit);
    }
}
