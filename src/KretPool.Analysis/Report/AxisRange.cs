namespace KretPool.Analysis.Report;

/// <summary>The ends of an axis, at round numbers around the values.</summary>
/// <param name="Min">The lower end.</param>
/// <param name="Max">The upper end.</param>
/// <param name="LogBase">Base of the logarithm; null for an even scale.</param>
/// <param name="MajorUnit">Distance of ticks; on a logarithmic scale what one is multiplied by to give the next.</param>
internal sealed record AxisRange(double Min, double Max, double? LogBase, double MajorUnit)
{
    private const int WantedTicks = 8;

    // Less than this between the least and the most value, and powers of ten would leave most of the axis empty.
    private const double NarrowSpan = 8;

    private const double MostForTicksBetween = 1_000;

    public static AxisRange Of(ChartAxis axis, IEnumerable<double> values)
    {
        double[] all = [.. values];
        double min = all.Length == 0 ? 1 : all.Min();
        double max = all.Length == 0 ? 10 : all.Max();
        return axis.Scale switch
        {
            AxisScale.Log2 => Doubling(Math.Pow(2, Math.Floor(Math.Log2(min) + 1e-9)), max),
            AxisScale.Log10 when max / min < NarrowSpan => Doubling(RoundDown(min, axis.Format), max),
            AxisScale.Log10 => Decades(min, max),
            _ when axis.Format == AxisFormat.Date => Even(Math.Floor(min), Math.Ceiling(max + 0.001), leastUnit: 1),
            _ when axis.Format == AxisFormat.Minute => Minutes(min, max),
            _ => Even(Math.Min(min, 0), max, leastUnit: 0),
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

    /// <summary>Round numbers between ticks that lie so far apart that a reader would miss them.</summary>
    public IEnumerable<double> TicksBetween() => LogBase == 10 && Max / Min <= MostForTicksBetween
        ? Ticks().SelectMany(tick => new[] { 2 * tick, 5 * tick }).Where(tick => tick <= Max)
        : [];

    /// <summary>Where a value stands on the axis: 0 at the lower end, 1 at the upper.</summary>
    public double Place(double value) => LogBase is null
        ? (value - Min) / (Max - Min)
        : Math.Log(value / Min) / Math.Log(Max / Min);

    // The upper end of a logarithmic axis need not be a tick, but lies a little beyond the last value, so that a marker
    // there is drawn whole. Ticks start from the lower end.
    private static AxisRange Doubling(double min, double max) => new(min, Beyond(min, Math.Max(max, min * 2)), 2, 2);

    private static AxisRange Decades(double min, double max)
    {
        double low = Math.Pow(10, Math.Floor(Math.Log10(min) + 1e-9));
        return new AxisRange(low, Beyond(low, max), 10, 10);
    }

    private static double Beyond(double min, double max) => max * Math.Pow(max / min, 0.04);

    private static double RoundDown(double value, AxisFormat format)
    {
        if (format == AxisFormat.Ratio)
        {
            return Math.Pow(2, Math.Floor(Math.Log2(value) + 1e-9));
        }

        double power = Math.Pow(10, Math.Floor(Math.Log10(value) + 1e-9));
        return power * (value / power) switch { < 2 => 1, < 5 => 2, _ => 5 };
    }

    private static AxisRange Minutes(double min, double max)
    {
        const double Minute = 1.0 / (24 * 60);
        double span = Math.Max(max - min, 2 * Minute);
        double[] units = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];
        double unit = Minute * units.FirstOrDefault(minutes => span / (minutes * Minute) <= WantedTicks, 1440);
        double low = Math.Floor(min / unit) * unit;
        return new AxisRange(low, Math.Max(Math.Ceiling(max / unit) * unit, low + unit), null, unit);
    }

    private static AxisRange Even(double min, double max, double leastUnit)
    {
        double raw = Math.Max(max - min, 1e-9) / WantedTicks;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double unit = Math.Max(power * (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 }, leastUnit);
        double low = Math.Floor(min / unit) * unit;
        return new AxisRange(low, Math.Max(Math.Ceiling(max / unit) * unit, low + unit), null, unit);
    }
}
