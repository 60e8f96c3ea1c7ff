using MathNet.Numerics.LinearRegression;

namespace KretPool.Analysis.Scaling;

/// <summary>
/// The Universal Scalability Law: N threads do <c>lambda N / (1 + sigma (N - 1) + kappa N (N - 1))</c> operations per
/// second.
/// </summary>
/// <remarks>
/// Source: Gunther, Guerrilla Capacity Planning (2007), chapters 4 and 5. N over the throughput is linear in 1/lambda,
/// sigma/lambda and kappa/lambda, none of which may be negative, so the best fit is found exactly: the least weighted
/// squares over every choice of which of the last two are zero. The weights make errors count relative to throughput,
/// which spans orders of magnitude.
/// </remarks>
/// <param name="Lambda">Operations per second of one thread.</param>
/// <param name="Sigma">Contention, 0 or more.</param>
/// <param name="Kappa">Crosstalk, 0 or more.</param>
public sealed record ScalabilityLaw(double Lambda, double Sigma, double Kappa)
{
    private static readonly Func<double, double>[] s_terms = [_ => 1, n => n - 1, n => n * (n - 1)];

    // Which of the terms take part: 1/lambda always, sigma and kappa where they come out positive.
    private static readonly int[][] s_choices = [[0, 1, 2], [0, 1], [0, 2], [0]];

    /// <summary>The thread count with the highest throughput; null if throughput never falls.</summary>
    public double? Peak => Kappa > 0 ? Math.Max(1, Math.Sqrt(Math.Max(0, 1 - Sigma) / Kappa)) : null;

    /// <summary>Fits the law.</summary>
    /// <param name="threadCounts">Thread counts, at least three of them different.</param>
    /// <param name="throughput">Operations per second with each, all positive.</param>
    /// <returns>The law with the least relative squared error.</returns>
    /// <exception cref="ArgumentException">There are too few thread counts, or a throughput is not positive.</exception>
    public static ScalabilityLaw Fit(IReadOnlyList<double> threadCounts, IReadOnlyList<double> throughput)
    {
        ArgumentNullException.ThrowIfNull(threadCounts);
        ArgumentNullException.ThrowIfNull(throughput);
        if (threadCounts.Count != throughput.Count || threadCounts.Distinct().Count() < 3)
        {
            throw new ArgumentException("The law has three parameters: it needs three different thread counts or more.");
        }

        if (throughput.Any(rate => rate is not > 0))
        {
            throw new ArgumentException("A throughput must be positive.");
        }

        return s_choices
            .Select(terms => FitTerms(terms, threadCounts, throughput))
            .OfType<ScalabilityLaw>()
            .MinBy(law => law.SquaredError(threadCounts, throughput))!;
    }

    /// <summary>Operations per second with a number of threads.</summary>
    /// <param name="threadCount">The number of threads.</param>
    /// <returns>The throughput.</returns>
    public double Throughput(double threadCount) =>
        Lambda * threadCount / (1 + (Sigma * (threadCount - 1)) + (Kappa * threadCount * (threadCount - 1)));

    private static ScalabilityLaw? FitTerms(int[] terms, IReadOnlyList<double> threadCounts, IReadOnlyList<double> throughput)
    {
        // (N / X) divided by itself is 1: a relative error of throughput is then a plain one.
        double[][] rows =
        [
            .. threadCounts.Select((n, i) => terms.Select(term => s_terms[term](n) * throughput[i] / n).ToArray()),
        ];
        double[] found = MultipleRegression.QR(rows, Enumerable.Repeat(1.0, rows.Length).ToArray());
        double[] all = new double[s_terms.Length];
        foreach (var (i, term) in terms.Index())
        {
            all[term] = found[i];
        }

        return all[0] > 0 && all[1] >= 0 && all[2] >= 0
            ? new ScalabilityLaw(1 / all[0], all[1] / all[0], all[2] / all[0])
            : null;
    }

    // In the same measure as the fit: of N over throughput, relative to what was measured.
    private double SquaredError(IReadOnlyList<double> threadCounts, IReadOnlyList<double> throughput) =>
        threadCounts.Select((n, i) => (throughput[i] / Throughput(n)) - 1).Sum(error => error * error);
}
