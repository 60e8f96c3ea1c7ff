using KretPool.Analysis.Comparison;
using KretPool.Analysis.Rows;
using KretPool.Analysis.Statistics;
using KretPool.Results;
using Perfolizer.Mathematics.Cpd;

namespace KretPool.Analysis.Regressions;

/// <summary>Looks along the history of each series for the runs at which its throughput changed.</summary>
/// <remarks>
/// The change points are those of ED-PELT, which assumes no distribution: Haynes, Fearnhead and Eckley, A computationally
/// efficient nonparametric approach for changepoint detection, Statistics and Computing 27 (2017), as in Perfolizer. It
/// gives no confidence, so the runs on both sides of each point are compared with the Mann-Whitney test, corrected for
/// all points of all series together (Benjamini-Hochberg).
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
        List<Candidate> candidates = [.. results.GroupBy(SeriesKey).SelectMany(series => Candidates(Runs(series), options))];
        double[] adjusted = FalseDiscoveryRate.Adjust([.. candidates.Select(candidate => candidate.PValue)]);
        return
        [
            .. candidates.Zip(adjusted, (candidate, p) => candidate.ToRow(p))
                .Where(row => row.Confidence >= options.Confidence
                    && Math.Abs(row.Ratio - 1) * 100 > options.ThresholdPercent
                    && (row.Verdict == PoolVerdict.Slower || options.IncludeImprovements)),
        ];
    }

    private static string SeriesKey(PoolBenchmarkResult result) => string.Join('\n',
        from name in (IEnumerable<string>)[nameof(result.HostName), nameof(result.Kind), .. ResultRow.Conditions, nameof(result.Cpus)]
        select FormattableString.Invariant($"{FlatRow.Find<PoolBenchmarkResult>(name)!.Get(result)}"));

    private static Run[] Runs(IEnumerable<PoolBenchmarkResult> series) =>
    [
        .. from result in series
           where result.OpsPerSec > 0
           group result by result.RunId into run
           let first = run.MinBy(result => result.StartedUtc)!
           orderby first.StartedUtc
           select new Run(first, Median.Of(run.Select(result => result.OpsPerSec))),
    ];

    private static IEnumerable<Candidate> Candidates(Run[] runs, RegressionOptions options)
    {
        if (runs.Length < MinHistory)
        {
            yield break;
        }

        // By logarithm, since it is ratios that count.
        int[] last = EdPeltChangePointDetector.Instance.GetChangePointIndexes(
            [.. runs.Select(run => Math.Log(run.OpsPerSec))], options.MinRuns);
        int[] starts = [0, .. last.Select(index => index + 1), runs.Length];
        for (int i = 1; i + 1 < starts.Length; i++)
        {
            yield return new Candidate(runs[starts[i - 1]..starts[i]], runs[starts[i]..starts[i + 1]]);
        }
    }

    private sealed record Run(PoolBenchmarkResult Result, double OpsPerSec);

    private sealed class Candidate(Run[] before, Run[] after)
    {
        private readonly double[] _before = [.. before.Select(run => run.OpsPerSec)];
        private readonly double[] _after = [.. after.Select(run => run.OpsPerSec)];

        public double PValue => MannWhitney.Test(_after, _before)?.PValue ?? 1;

        public PoolRegression ToRow(double adjustedPValue)
        {
            var first = after[0].Result;
            var interval = RatioInterval.OfMedians(_after, _before);
            double ratio = Median.Of(_after) / Median.Of(_before);
            return new PoolRegression
            {
                HostName = first.HostName,
                Kind = first.Kind,
                Workload = first.Workload,
                ThreadCount = first.ThreadCount,
                Capacity = first.Capacity,
                ObjectSize = first.ObjectSize,
                BulkSize = first.BulkSize,
                Placement = first.Placement,
                MemoryPolicy = first.MemoryPolicy,
                Verdict = ratio < 1 ? PoolVerdict.Slower : PoolVerdict.Faster,
                ChangedUtc = first.StartedUtc,
                LastBeforeUtc = before[^1].Result.StartedUtc,
                RunId = first.RunId,
                OpsPerSecBefore = Median.Of(_before),
                OpsPerSecAfter = Median.Of(_after),
                Ratio = ratio,
                RatioLow = interval?.Low,
                RatioHigh = interval?.High,
                Confidence = 1 - adjustedPValue,
                RunsBefore = before.Length,
                RunsAfter = after.Length,
                EnvironmentDifferences = EnvironmentDifferences.Describe(first, before[^1].Result),
            };
        }
    }
}
