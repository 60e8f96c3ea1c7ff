namespace KretPool.Analysis.Statistics;

/// <summary>A percentile bootstrap interval of the ratio of two medians.</summary>
/// <remarks>Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapters 13 and 16: each sample is
/// drawn again from itself, with replacement and apart from the other, and the interval holds the middle of the
/// ratios that come out.</remarks>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
public readonly record struct RatioInterval(double Low, double High)
{
    /// <summary>Fewer samples than this give no interval.</summary>
    public const int MinSamples = 3;

    private const int Resamples = 2_000;

    /// <summary>Estimates the interval. The same samples give the same interval: the random numbers are seeded.</summary>
    /// <param name="sample">The samples above the line of the ratio, all positive.</param>
    /// <param name="baseline">The samples below the line, all positive.</param>
    /// <param name="confidence">How often such an interval should hold the ratio, between 0 and 1.</param>
    /// <returns>The interval, or null with fewer than <see cref="MinSamples"/> samples on either side.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1.</exception>
    public static RatioInterval? OfMedians(ReadOnlySpan<double> sample, ReadOnlySpan<double> baseline, double confidence = 0.95)
    {
        if (confidence is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence is between 0 and 1.");
        }

        if (sample.Length < MinSamples || baseline.Length < MinSamples)
        {
            return null;
        }

        var random = new Random(20231105);
        double[] ratios = new double[Resamples];
        double[] draw = new double[Math.Max(sample.Length, baseline.Length)];
        for (int i = 0; i < Resamples; i++)
        {
            ratios[i] = MedianOfResample(sample, draw, random) / MedianOfResample(baseline, draw, random);
        }

        Array.Sort(ratios);
        double tail = (1 - confidence) / 2;
        return new RatioInterval(ratios[Index(tail)], ratios[Index(1 - tail)]);
    }

    private static double MedianOfResample(ReadOnlySpan<double> values, double[] draw, Random random)
    {
        var drawn = draw.AsSpan(0, values.Length);
        for (int i = 0; i < drawn.Length; i++)
        {
            drawn[i] = values[random.Next(values.Length)];
        }

        return Median.SortInPlace(drawn);
    }

    private static int Index(double quantile) => (int)Math.Round(quantile * (Resamples - 1));
}
