using KretPool.Analysis.Statistics;

namespace KretPool.Analysis.Regressions;

/// <summary>Whether a series rises or falls little by little: there is no night on which it changed, and yet it did.</summary>
/// <remarks>Sources: the trend test of Mann (Econometrica 13, 1945) and Kendall, with the slope of Sen (Journal of the American
/// Statistical Association 63, 1968). Autocorrelation is allowed for as in Hamed and Rao, Journal of Hydrology 204
/// (1998), by its first term.</remarks>
/// <param name="Total">From the first value to the last, along the line.</param>
/// <param name="First">The line at the first value.</param>
/// <param name="PValue">How probable as clear a trend is in a series without one.</param>
internal readonly record struct Drift(double Total, double First, double PValue)
{
    private const double MaxAutocorrelation = 0.8;

    /// <summary>Measures the drift.</summary>
    /// <param name="values">At least three values, in order.</param>
    public static Drift Of(double[] values)
    {
        int length = values.Length;
        double[] slopes = new double[length * (length - 1) / 2];
        int count = 0;
        int sign = 0;
        for (int later = 1; later < length; later++)
        {
            for (int earlier = 0; earlier < later; earlier++)
            {
                double rise = values[later] - values[earlier];
                sign += Math.Sign(rise);
                slopes[count++] = rise / (later - earlier);
            }
        }

        double slope = Median.Of(slopes);
        double[] level = [.. values.Select((value, i) => value - (slope * i))];
        double first = Median.Of(level);
        double variance = length * (length - 1.0) * ((2.0 * length) + 5) / 18 * Inflation([.. level.Select(value => value - first)]);
        double score = Math.Max(0, Math.Abs(sign) - 1) / Math.Sqrt(variance);
        return new Drift(slope * (length - 1), first, 2 * MathNet.Numerics.Distributions.Normal.CDF(0, 1, -score));
    }

    private static double Inflation(double[] noise)
    {
        double variance = noise.Sum(value => value * value);
        double neighbours = noise.Zip(noise.Skip(1), (one, next) => one * next).Sum();
        double correlated = variance > 0 ? Math.Clamp(neighbours / variance, 0, MaxAutocorrelation) : 0;
        return (1 + correlated) / (1 - correlated);
    }
}
