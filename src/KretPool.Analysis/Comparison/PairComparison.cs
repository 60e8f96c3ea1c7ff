using System.Globalization;
using KretPool.Analysis.Rows;
using KretPool.Analysis.Statistics;
using KretPool.Results;

namespace KretPool.Analysis.Comparison;

/// <summary>One result beside its baseline, before the correction for how many are compared together.</summary>
internal sealed class PairComparison
{
    private readonly PoolComparison _row;
    private readonly double _smallestPValue;
    private readonly MachineSpeed _speed;
    private readonly (double Least, double Most)? _baselineRuns;

    public PairComparison(
        PoolBenchmarkResult result, IReadOnlyList<PoolBenchmarkResult> partners, IReadOnlyList<string> matchedBy)
    {
        var baseline = partners.MaxBy(partner => partner.StartedUtc)!;
        double[] samples = ResultRow.Samples(result);
        double[] baselineSamples = [.. partners.SelectMany(ResultRow.Samples)];
        var test = MannWhitney.Test(samples, baselineSamples);
        var interval = baselineSamples.Min() > 0 ? RatioInterval.OfMedians(samples, baselineSamples) : null;
        double median = Median.Of(samples);
        double baselineMedian = Median.Of(baselineSamples);
        _smallestPValue = MannWhitney.SmallestPValue(samples.Length, baselineSamples.Length);
        _speed = MachineSpeed.Between(result, partners);
        _baselineRuns = RangeOfRuns(partners);
        _row = new PoolComparison
        {
            Kind = result.Kind,
            BaselineKind = baseline.Kind,
            Workload = result.Workload,
            ThreadCount = result.ThreadCount,
            Capacity = result.Capacity,
            ObjectSize = result.ObjectSize,
            BulkSize = result.BulkSize,
            Placement = result.Placement,
            MemoryPolicy = result.MemoryPolicy,
            Cpus = result.Cpus,
            OpsPerSec = median,
            BaselineOpsPerSec = baselineMedian,
            Ratio = baselineMedian > 0 ? median / baselineMedian : null,
            RatioLow = interval?.Low,
            RatioHigh = interval?.High,
            PValue = test?.PValue,
            EffectSize = test?.EffectSize,
            SampleCount = samples.Length,
            BaselineSampleCount = baselineSamples.Length,
            EnvironmentDifferences = string.Join("; ", partners
                .Select(partner => EnvironmentDifferences.Describe(result, partner))
                .Where(difference => difference.Length > 0)
                .Distinct()),
            MatchedBy = string.Join(';', matchedBy),
            HostName = result.HostName,
            BaselineHostName = baseline.HostName,
            RunId = result.RunId,
            BaselineRunId = baseline.RunId,
            StartedUtc = result.StartedUtc,
            BaselineStartedUtc = baseline.StartedUtc,
        };
    }

    /// <summary>Corrects for the number of comparisons, gives verdicts, and adds the geometric means.</summary>
    public static IReadOnlyList<PoolComparison> Judge(IReadOnlyList<PairComparison> pairs, ComparisonOptions options)
    {
        var tested = pairs.Where(pair => pair._row.PValue is not null).ToList();
        double[] adjusted = FalseDiscoveryRate.Adjust([.. tested.Select(pair => pair._row.PValue!.Value)]);
        for (int i = 0; i < adjusted.Length; i++)
        {
            tested[i]._row.AdjustedPValue = adjusted[i];
        }

        foreach (var pair in pairs)
        {
            pair._row.ThresholdPercent = options.ThresholdPercent;
            pair._row.Confidence = options.Confidence;
            (pair._row.Verdict, pair._row.Reason) = pair.Verdict(options, pairs.Count);
        }

        List<PoolComparison> rows = [];
        foreach (var set in pairs.Select(pair => pair._row).GroupBy(row => (row.Kind, row.BaselineKind)))
        {
            rows.AddRange(set);
            double[] ratios = [.. set.Select(row => row.Ratio ?? 0)];
            double? mean = ratios.All(ratio => ratio > 0) ? Math.Exp(ratios.Average(Math.Log)) : null;
            foreach (var row in set)
            {
                row.GeometricMeanRatio = mean;
            }
        }

        return rows;
    }

    // A difference must be significant, large enough to matter, and have its sign certain from the interval as well.
    // No difference must be shown too: an interval that fits between the thresholds.
    private (PoolVerdict Verdict, string Reason) Verdict(ComparisonOptions options, int comparisonCount)
    {
        if (_row is not { Ratio: { } ratio, RatioLow: { } low, RatioHigh: { } high, AdjustedPValue: { } adjusted })
        {
            return (PoolVerdict.Inconclusive, _row.Ratio is null
                ? "The baseline did no operations."
                : Math.Min(_row.SampleCount, _row.BaselineSampleCount) >= RatioInterval.MinSamples
                ? "The baseline did no operations in some of its iterations."
                : Invariant($"{_row.SampleCount} and {_row.BaselineSampleCount} samples; at least {RatioInterval.MinSamples} each are needed."));
        }

        double alpha = 1 - options.Confidence;
        double margin = options.ThresholdPercent / 100;
        string change = Invariant($"{Math.Abs(ratio - 1):P1}");
        bool faster = adjusted <= alpha && ratio > 1 + margin && low > 1;
        bool slower = adjusted <= alpha && ratio < 1 - margin && high < 1;
        if ((faster || slower) && Doubt(ratio, margin) is { } doubt)
        {
            return (PoolVerdict.Inconclusive, doubt);
        }

        if (faster)
        {
            return (PoolVerdict.Faster, Invariant($"{ratio:0.##} times the baseline, p {Probability(adjusted)}."));
        }

        if (slower)
        {
            return (PoolVerdict.Slower, Invariant($"{change} below the baseline, p {Probability(adjusted)}."));
        }

        if (low >= 1 - margin && high <= 1 + margin)
        {
            return (PoolVerdict.Same, Invariant($"The interval lies within {options.ThresholdPercent:0.##} % of the baseline."));
        }

        return (PoolVerdict.Inconclusive, adjusted <= alpha
            ? Invariant($"There is a difference, but whether it reaches {options.ThresholdPercent:0.##} % is not certain.")
            : _smallestPValue > alpha
                ? Invariant($"{_row.SampleCount} and {_row.BaselineSampleCount} samples cannot reach a confidence of {options.Confidence:0.####}.")
                : _row.PValue <= alpha
                    ? Invariant($"p {_row.PValue:0.####} is not enough for one of {comparisonCount} comparisons. More iterations would tell.")
                    : Invariant($"Not significant: p {adjusted:0.####}, and the interval reaches beyond {options.ThresholdPercent:0.##} %."));
    }

    // Samples of one run say how a run varies in itself. How runs vary among each other they cannot say, and on machines
    // that others use as well that is more.
    private string? Doubt(double ratio, double margin) =>
        _speed.Explains(ratio, margin)
            ? Invariant($"The machine itself ran at {_speed.Ratio:0.00} times the speed: the loop without a pool says so.")
            : _baselineRuns is { } runs && _row.OpsPerSec >= runs.Least && _row.OpsPerSec <= runs.Most
                ? "Runs of the baseline differ among each other by as much."
                : null;

    // Two runs are no range.
    private static (double Least, double Most)? RangeOfRuns(IReadOnlyList<PoolBenchmarkResult> partners)
    {
        const int Enough = 3;
        double[] medians = [.. partners.Select(partner => Median.Of(ResultRow.Samples(partner)))];
        return medians.Length >= Enough ? (medians.Min(), medians.Max()) : null;
    }

    private static string Probability(double p) => p < 0.0001 ? "below 0.0001" : Invariant($"{p:0.0000}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
