using KretPool.Analysis.Comparison;
using KretPool.Analysis.Statistics;
using KretPool.Results;

namespace KretPool.Analysis.Regressions;

/// <summary>The runs of a series, a kind under one set of conditions on one machine, in the order of their start.</summary>
internal sealed class RunSeries
{
    private readonly (PoolBenchmarkResult First, double OpsPerSec)[] _runs;

    private RunSeries((PoolBenchmarkResult First, double OpsPerSec)[] runs)
    {
        _runs = runs;
        Logarithms = [.. runs.Select(run => Math.Log(run.OpsPerSec))];
    }

    public int Count => _runs.Length;

    /// <summary>By logarithm, since it is ratios that count.</summary>
    public double[] Logarithms { get; }

    /// <summary>Puts the results of a series into runs. Results that do not tell their run are of one each.</summary>
    public static RunSeries Of(IEnumerable<PoolBenchmarkResult> results) => new(
    [
        .. from result in results
           where result.OpsPerSec > 0
           group result by (result.RunId, result.RunId == Guid.Empty ? result.StartedUtc : default) into run
           let first = run.MinBy(result => result.StartedUtc)!
           orderby first.StartedUtc
           select (first, Median.Of(run.Select(result => result.OpsPerSec))),
    ]);

    /// <summary>A change from one stretch of runs to the next.</summary>
    public PoolRegression Step(Range before, Range after, double adjustedPValue)
    {
        double[] earlier = [.. _runs[before].Select(run => run.OpsPerSec)];
        double[] later = [.. _runs[after].Select(run => run.OpsPerSec)];
        var interval = RatioInterval.OfMedians(later, earlier);
        var row = Row(after.Start.Value, Median.Of(earlier), Median.Of(later), adjustedPValue);
        (row.RatioLow, row.RatioHigh) = (interval?.Low, interval?.High);
        (row.RunsBefore, row.RunsAfter) = (earlier.Length, later.Length);
        return row;
    }

    /// <summary>A change over all of the runs, little by little.</summary>
    public PoolRegression Slide(Drift drift, double adjustedPValue)
    {
        double first = Math.Exp(drift.First);
        var row = Row(1, first, first * Math.Exp(drift.Total), adjustedPValue);
        (row.IsGradual, row.RunsBefore, row.RunsAfter) = (true, 1, Count - 1);
        row.EnvironmentDifferences = EnvironmentDifferences.Describe(_runs[^1].First, _runs[0].First);
        return row;
    }

    private PoolRegression Row(int start, double before, double after, double adjustedPValue)
    {
        var first = _runs[start].First;
        var last = _runs[start - 1].First;
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
            Verdict = after < before ? PoolVerdict.Slower : PoolVerdict.Faster,
            ChangedUtc = first.StartedUtc,
            LastBeforeUtc = last.StartedUtc,
            RunId = first.RunId,
            OpsPerSecBefore = before,
            OpsPerSecAfter = after,
            Ratio = after / before,
            Confidence = 1 - adjustedPValue,
            EnvironmentDifferences = EnvironmentDifferences.Describe(first, last),
        };
    }
}
