using Perfolizer.Mathematics.SignificanceTesting.Base;
using Perfolizer.Mathematics.SignificanceTesting.MannWhitney;
using Perfolizer.Metrology;
using Pragmastat;

namespace KretPool.Analysis.Statistics;

/// <summary>The two-sided Mann-Whitney U test: whether one of two samples tends to larger values.</summary>
/// <remarks>Source: Mann and Whitney, Annals of Mathematical Statistics 18 (1947). The p-value is Perfolizer's: exact
/// for small samples, an Edgeworth approximation for large ones. The effect size is Cliff's delta (Cliff,
/// Psychological Bulletin 114, 1993), the same U turned into a number from -1 to 1.</remarks>
/// <param name="PValue">How probable samples at least as different are if both come from the same distribution.</param>
/// <param name="EffectSize">Share of the pairs in which the sample is larger, minus the share in which it is smaller.</param>
public readonly record struct MannWhitney(double PValue, double EffectSize)
{
    /// <summary>Tests two samples.</summary>
    /// <param name="sample">One sample.</param>
    /// <param name="baseline">The other.</param>
    /// <returns>The result, or null with fewer than two values on either side.</returns>
    public static MannWhitney? Test(IReadOnlyList<double> sample, IReadOnlyList<double> baseline)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(baseline);
        if (sample.Count < 2 || baseline.Count < 2)
        {
            return null;
        }

        var result = MannWhitneyTest.Instance.Perform(
            new Sample([.. sample]), new Sample([.. baseline]), AlternativeHypothesis.TwoSides, Threshold.Zero);
        double pairs = (double)sample.Count * baseline.Count;
        return new MannWhitney(result.PValue, (2 * result.Ux / pairs) - 1);
    }

    /// <summary>The smallest p-value that samples of given sizes can reach: that of two samples without overlap.</summary>
    /// <param name="count">Size of one sample.</param>
    /// <param name="baselineCount">Size of the other.</param>
    /// <returns>2 divided by the number of ways to split the values, at most 1.</returns>
    public static double SmallestPValue(int count, int baselineCount)
    {
        double ways = 1;
        for (int i = 1; i <= baselineCount; i++)
        {
            ways *= (double)(count + i) / i;
        }

        return Math.Min(1, 2 / ways);
    }
}
