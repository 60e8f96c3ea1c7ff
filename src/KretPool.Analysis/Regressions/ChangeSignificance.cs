using KretPool.Analysis.Statistics;

namespace KretPool.Analysis.Regressions;

/// <summary>
/// How probable a step at least as large is in a series without one. The step was looked for, in many places, so it is
/// held against the largest that can be found in the noise of the same series, put into random order.
/// </summary>
/// <remarks>
/// Sources: Antoch and Huskova, Permutation tests in change point analysis, Statistics and Probability Letters 53 (2001).
/// The noise is what is left when the levels are taken out. It is moved in blocks, and made larger by what its
/// autocorrelation costs, since one bad night is often followed by another. Beyond what the permutations reach, the
/// distribution of maxima (Gumbel) stands in, as in Knijnenburg and others, Fewer permutations, more accurate P-values,
/// Bioinformatics 25 (2009).
/// </remarks>
internal sealed class ChangeSignificance
{
    private const int Permutations = 199;
    private const int EnoughBeyond = 10;
    private const double ClipAt = 4;
    private const double MaxAutocorrelation = 0.8;
    private const double EulerGamma = 0.5772156649;

    // A cut is placed where it fits best, which takes more of the noise away than the one level that it adds.
    private const double DegreesPerCut = 3;

    private readonly double[] _values;
    private readonly double _clip;
    private readonly double[] _maxima;

    /// <summary>Prepares the comparison.</summary>
    /// <param name="values">The series.</param>
    /// <param name="points">The series cut into stretches.</param>
    /// <param name="minRuns">The fewest values on either side of a step.</param>
    public ChangeSignificance(double[] values, ChangePoints points, int minRuns)
    {
        _values = values;
        double[] noise = points.Residuals();
        _clip = ClipAt * Math.Max(1.4826 * Median.Of(noise.Select(Math.Abs)), 1e-9);
        double scale = Math.Sqrt(noise.Length / Math.Max(1, noise.Length - 1 - (DegreesPerCut * points.Cuts.Count)));
        double correlated = Autocorrelation(noise, points.Cuts.Count);
        double widen = scale * Math.Sqrt((1 + correlated) / (1 - correlated));
        double[] clipped = [.. noise.Select(value => Math.Clamp(value, -_clip, _clip))];
        double mean = clipped.Average();
        _maxima = Maxima([.. clipped.Select(value => (value - mean) * widen)], minRuns);
    }

    /// <summary>The p-value of the step between two neighbouring stretches.</summary>
    public double PValue(Range before, Range after)
    {
        double step = Math.Abs(Level(_values[after]) - Level(_values[before]))
            / StandardError(_values[before].Length, _values[after].Length);
        int beyond = _maxima.Count(maximum => maximum >= step);
        double counted = (beyond + 1.0) / (Permutations + 1);
        return beyond >= EnoughBeyond ? counted : Math.Min(counted, GumbelTail(step));
    }

    private static double StandardError(int before, int after) => Math.Sqrt((1.0 / before) + (1.0 / after));

    // The median, and from it on the mean of what is not far off.
    private double Level(double[] stretch)
    {
        double median = Median.Of(stretch);
        return median + stretch.Average(value => Math.Clamp(value - median, -_clip, _clip));
    }

    private double GumbelTail(double step)
    {
        double mean = _maxima.Average();
        double deviation = Math.Sqrt(_maxima.Average(maximum => (maximum - mean) * (maximum - mean)));
        double spread = Math.Max(deviation * Math.Sqrt(6) / Math.PI, 1e-12);
        return -double.ExpM1(-Math.Exp(-(step - mean + (EulerGamma * spread)) / spread));
    }

    // Taking levels out of noise makes it look less correlated than it is, about by one part of its length for each.
    private static double Autocorrelation(double[] noise, int cuts)
    {
        double variance = noise.Sum(value => value * value);
        double neighbours = noise.Zip(noise.Skip(1), (one, next) => one * next).Sum();
        return variance > 0 ? Math.Clamp((neighbours / variance) + ((cuts + 1.0) / noise.Length), 0, MaxAutocorrelation) : 0;
    }

    private static double[] Maxima(double[] noise, int minRuns)
    {
        var random = new Random(20231105);
        int block = Math.Max(1, (int)Math.Round(Math.Cbrt(noise.Length)));
        int[] order = [.. Enumerable.Range(0, (noise.Length + block - 1) / block)];
        int[] windows = Windows(noise.Length, minRuns);
        double[][] weights = [.. windows.Select(before => windows.Select(after => 1 / StandardError(before, after)).ToArray())];
        double[] drawn = new double[noise.Length];
        double[] sums = new double[noise.Length + 1];
        double[] maxima = new double[Permutations];
        for (int i = 0; i < Permutations; i++)
        {
            int offset = random.Next(noise.Length);
            random.Shuffle(order);
            int filled = 0;
            foreach (int k in order.SelectMany(b => Enumerable.Range(b * block, Math.Min(block, noise.Length - (b * block)))))
            {
                drawn[filled++] = noise[(k + offset) % noise.Length];
            }

            for (int k = 0; k < drawn.Length; k++)
            {
                sums[k + 1] = sums[k] + drawn[k];
            }

            maxima[i] = LargestStep(sums, windows, weights, minRuns);
        }

        return maxima;
    }

    private static double LargestStep(double[] sums, int[] windows, double[][] weights, int minRuns)
    {
        int length = sums.Length - 1;
        double largest = 0;
        for (int cut = minRuns; cut <= length - minRuns; cut++)
        {
            for (int i = 0; i < windows.Length && windows[i] <= cut; i++)
            {
                double left = (sums[cut] - sums[cut - windows[i]]) / windows[i];
                for (int j = 0; j < windows.Length && windows[j] <= length - cut; j++)
                {
                    double right = (sums[cut + windows[j]] - sums[cut]) / windows[j];
                    largest = Math.Max(largest, Math.Abs(right - left) * weights[i][j]);
                }
            }
        }

        return largest;
    }

    // Stretches of every length would be the same again at many times the cost.
    private static int[] Windows(int length, int minRuns)
    {
        List<int> windows = [];
        for (double window = minRuns; window < length; window = Math.Max(window + 1, window * 1.5))
        {
            windows.Add((int)window);
        }

        return [.. windows];
    }
}
