using KretPool.Analysis.Rows;
using KretPool.Analysis.Statistics;
using KretPool.Results;

namespace KretPool.Analysis.Regressions;

/// <summary>Looks along the history of each series for the runs at which its throughput changed.</summary>
/// <remarks>
/// <see cref="ChangePoints"/> cuts a series into stretches, <see cref="ChangeSignificance"/> says how sure each cut is. The
/// least sure is taken out again until all are sure. Where none is, <see cref="Drift"/> looks for a change without a night.
/// What is left is corrected for the number of series (Benjamini-Hochberg).
/// </remarks>
public static class RegressionFinder
{
    /// <summary>Fewer runs than this tell nothing about a change.</summary>
    public const int MinHistory = 5;

    /// <summary>Finds the changes.</summary>
    /// <param name="results">The history, in any order. Several results of a series in one run count once.</param>
    /// <param name="options">When a change counts.</param>
    /// <returns>The changes of each series, the earliest first.</returns>
    public static IReadOnlyList<PoolRegression> Find(IEnumerable<PoolBenchmarkResult> results, RegressionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<(double PValue, Func<double, PoolRegression?> ToRow)> candidates =
            [.. results.GroupBy(SeriesKey).Select(RunSeries.Of).SelectMany(series => Candidates(series, options))];
        double[] adjusted = FalseDiscoveryRate.Adjust([.. candidates.Select(candidate => candidate.PValue)]);
        return
        [
            .. candidates.Zip(adjusted, (candidate, p) => candidate.ToRow(p)).OfType<PoolRegression>()
                .Where(row => row.Confidence >= options.Confidence
                    && Math.Abs(row.Ratio - 1) * 100 > options.ThresholdPercent
                    && (row.Verdict == PoolVerdict.Slower || options.IncludeImprovements)),
        ];
    }

    /// <summary>How many runs the longest series has.</summary>
    /// <param name="results">The history.</param>
    /// <returns>The number of runs; 0 without results.</returns>
    public static int LongestHistory(IEnumerable<PoolBenchmarkResult> results) =>
        results.GroupBy(SeriesKey).Select(series => RunSeries.Of(series).Count).DefaultIfEmpty().Max();

    private static string SeriesKey(PoolBenchmarkResult result) => string.Join('\n',
        from name in (IEnumerable<string>)[nameof(result.HostName), nameof(result.Kind), .. ResultRow.Conditions, nameof(result.Cpus)]
        select FormattableString.Invariant($"{FlatRow.Find<PoolBenchmarkResult>(name)!.Get(result)}"));

    // A series in which nothing is found is one that was looked at, and counts among those that are corrected for.
    private static IEnumerable<(double PValue, Func<double, PoolRegression?> ToRow)> Candidates(RunSeries series, RegressionOptions options)
    {
        if (series.Count < MinHistory)
        {
            return [];
        }

        var points = new ChangePoints(series.Logarithms, options.MinRuns);
        double least = 1;
        while (points.Cuts.Count > 0)
        {
            var significance = new ChangeSignificance(series.Logarithms, points, options.MinRuns);
            var cuts = points.Cuts.Select(cut => (Cut: cut, P: significance.PValue(points.Before(cut), points.After(cut)))).ToList();
            var weakest = cuts.MaxBy(cut => cut.P);
            if (weakest.P <= 1 - options.Confidence)
            {
                return cuts.Select(cut =>
                {
                    var (before, after) = (points.Before(cut.Cut), points.After(cut.Cut));
                    return (cut.P, (Func<double, PoolRegression?>)(p => series.Step(before, after, p)));
                });
            }

            least = weakest.P;
            points.Remove(weakest.Cut);
        }

        var drift = Drift.Of(series.Logarithms);
        return [drift.PValue < least ? (drift.PValue, p => series.Slide(drift, p)) : (least, _ => null)];
    }
}
