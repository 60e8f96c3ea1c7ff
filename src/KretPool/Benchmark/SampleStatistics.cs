namespace KretPool.Benchmark;

/// <summary>What a handful of samples says. None of it assumes a distribution.</summary>
/// <remarks>All members are pure and safe to call from any thread. Samples may come in any order.</remarks>
public static class SampleStatistics
{
    /// <summary>The median: the middle sample, or the mean of the two in the middle.</summary>
    /// <param name="samples">The samples; at least one.</param>
    /// <returns>The median.</returns>
    public static double Median(IReadOnlyList<double> samples) => Quantile(Sorted(samples), 0.5);

    /// <summary>
    /// The 95 % confidence interval of the median from order statistics: from the k-th smallest to the k-th largest
    /// sample, with the largest k for which a binomial(n, 1/2) count stays in between with a probability of at least
    /// 0.95.
    /// </summary>
    /// <remarks>
    /// Source: H. A. David and H. N. Nagaraja, Order Statistics, 3rd edition, section 7.1; the same interval is in
    /// W. J. Conover, Practical Nonparametric Statistics, section 3.2. It holds for every distribution and is at least
    /// as wide as 95 % needs.
    /// </remarks>
    /// <param name="samples">The samples.</param>
    /// <returns>The ends of the interval; null with fewer than 6 samples, of which even the whole range covers less.</returns>
    public static (double Low, double High)? MedianInterval(IReadOnlyList<double> samples)
    {
        double[] sorted = Sorted(samples);
        int k = 0;
        double tail = 0;

        // The logarithm of the probability that exactly k of n lie on one side: 2^-n itself is 0 beyond a thousand samples.
        double logarithm = sorted.Length * Math.Log(0.5);
        while (tail + Math.Exp(logarithm) <= 0.025)
        {
            tail += Math.Exp(logarithm);
            logarithm += Math.Log((double)(sorted.Length - k) / (k + 1));
            k++;
        }

        return k == 0 ? null : (sorted[k - 1], sorted[^k]);
    }

    /// <summary>The spread: the distance between the quartiles, divided by the median.</summary>
    /// <param name="samples">The samples; at least one, with a median above 0.</param>
    /// <returns>The spread; 0.1 is 10 %.</returns>
    public static double Spread(IReadOnlyList<double> samples)
    {
        double[] sorted = Sorted(samples);
        return (Quantile(sorted, 0.75) - Quantile(sorted, 0.25)) / Quantile(sorted, 0.5);
    }

    /// <summary>
    /// Whether the samples fall into two groups: the widest gap between neighbours is wider than either group, wider
    /// than a twentieth of the median, and has at least a fifth of the samples on each side. With fewer than 8 samples
    /// nothing can be told.
    /// </summary>
    /// <param name="samples">The samples.</param>
    /// <returns>Whether there are two groups.</returns>
    public static bool IsBimodal(IReadOnlyList<double> samples)
    {
        double[] sorted = Sorted(samples);
        if (sorted.Length < 8)
        {
            return false;
        }

        int first = Enumerable.Range(1, sorted.Length - 1).MaxBy(i => sorted[i] - sorted[i - 1]);
        double gap = sorted[first] - sorted[first - 1];
        return Math.Min(first, sorted.Length - first) * 5 >= sorted.Length
            && gap > sorted[first - 1] - sorted[0]
            && gap > sorted[^1] - sorted[first]
            && gap > Quantile(sorted, 0.5) / 20;
    }

    /// <summary>
    /// Jain's fairness index: the square of the sum over n times the sum of squares. 1 when all have the same share, 1/n
    /// when one has all.
    /// </summary>
    /// <remarks>
    /// Source: R. Jain, D. Chiu, W. Hawe, A Quantitative Measure of Fairness and Discrimination for Resource Allocation
    /// in Shared Computer Systems, DEC-TR-301, 1984.
    /// </remarks>
    /// <param name="shares">The shares, none negative, at least one.</param>
    /// <returns>The index; 1 if all shares are 0.</returns>
    public static double Fairness(IReadOnlyList<double> shares)
    {
        double sum = shares.Sum();
        return sum == 0 ? 1 : sum * sum / (shares.Count * shares.Sum(share => share * share));
    }

    private static double[] Sorted(IReadOnlyList<double> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        double[] sorted = [.. samples.Order()];
        return sorted.Length > 0 ? sorted : throw new ArgumentException("There are no samples.", nameof(samples));
    }

    // Linear between order statistics: type 7 of Hyndman and Fan, Sample Quantiles in Statistical Packages, 1996.
    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
