using KretPool.Results;

namespace KretPool.Analysis.Scaling;

/// <summary>Measures how kinds scale with threads.</summary>
public static class ScalingAnalysis
{
    /// <summary>
    /// Fits the Universal Scalability Law to every kind under every set of conditions: apart within a node or package and
    /// across them where the border is known, because one curve through both is wrong.
    /// </summary>
    /// <param name="results">The results.</param>
    /// <param name="options">How.</param>
    /// <returns>A row for each fit and predicted thread count.</returns>
    public static IEnumerable<PoolScaling> Fit(IEnumerable<PoolBenchmarkResult> results, ScalingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return from curve in ScalingCurve.Split(results)
               from part in Parts(curve, options)
               from row in Rows(curve, part.Scope, part.ThreadCounts, options)
               select row;
    }

    /// <summary>Says what every kind gained from more threads, beside what the fitted law says.</summary>
    /// <param name="results">The results.</param>
    /// <param name="options">How.</param>
    /// <returns>A row for each thread count of each kind under each set of conditions.</returns>
    public static IEnumerable<PoolEfficiency> Efficiencies(IEnumerable<PoolBenchmarkResult> results, ScalingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var curve in ScalingCurve.Split(results))
        {
            var scopes = curve.Scopes(options.Topology);
            var fits = Parts(curve, options).ToDictionary(part => part.Scope, part => MakeFit(curve, part.ThreadCounts));
            foreach (int threadCount in curve.ThreadCounts)
            {
                var scope = scopes[threadCount];
                yield return new PoolEfficiency
                {
                    HostName = curve.First.HostName,
                    Kind = curve.First.Kind,
                    Scope = scope,
                    Workload = curve.First.Workload,
                    ThreadCount = threadCount,
                    Capacity = curve.Capacity,
                    ObjectSize = curve.First.ObjectSize,
                    BulkSize = curve.First.BulkSize,
                    Placement = curve.First.Placement,
                    MemoryPolicy = curve.First.MemoryPolicy,
                    OpsPerSec = curve.Throughput(threadCount)!.Value,
                    SpeedUp = curve.SpeedUp(threadCount),
                    Efficiency = curve.SpeedUp(threadCount) / threadCount,
                    FittedOpsPerSec = fits.GetValueOrDefault(scope) is { HasClaim: true } fit ? fit.Law!.Throughput(threadCount) : null,
                };
            }
        }
    }

    private static IEnumerable<(PoolScalingScope Scope, int[] ThreadCounts)> Parts(ScalingCurve curve, ScalingOptions options)
    {
        var scopes = curve.Scopes(options.Topology);
        return from count in curve.ThreadCounts
               where count <= (options.MaxThreadCount ?? int.MaxValue)
               group count by scopes[count] into part
               select (part.Key, part.ToArray());
    }

    private static ScalingFit MakeFit(ScalingCurve curve, int[] threadCounts) => new(
        [.. threadCounts.Select(count => (double)count)],
        [.. threadCounts.Select(count => curve.Throughput(count)!.Value)]);

    private static IEnumerable<PoolScaling> Rows(
        ScalingCurve curve, PoolScalingScope scope, int[] threadCounts, ScalingOptions options)
    {
        var fit = MakeFit(curve, threadCounts);
        IReadOnlyList<int> predicted = options.PredictedThreadCounts.Count > 0
            ? options.PredictedThreadCounts
            : [2 * fit.MaxThreadCount];
        foreach (int count in predicted)
        {
            var row = new PoolScaling
            {
                HostName = curve.First.HostName,
                Kind = curve.First.Kind,
                Scope = scope,
                Workload = curve.First.Workload,
                Capacity = curve.Capacity,
                ObjectSize = curve.First.ObjectSize,
                BulkSize = curve.First.BulkSize,
                Placement = curve.First.Placement,
                MemoryPolicy = curve.First.MemoryPolicy,
                ThreadCounts = string.Join(';', threadCounts),
                SpeedUp = curve.SpeedUp(fit.MaxThreadCount),
                Efficiency = curve.SpeedUp(fit.MaxThreadCount) / fit.MaxThreadCount,
                HasClaim = fit.HasClaim,
                Reason = fit.Reason,
                RSquared = fit.RSquared,
                FitErrorPercent = fit.FitErrorPercent,
                PredictedThreadCount = count,
                MeasuredOpsPerSec = curve.Throughput(count),
            };
            if (fit.HasClaim)
            {
                Claim(row, fit, count, curve.Scopes(options.Topology).GetValueOrDefault(count, scope) == scope);
            }

            yield return row;
        }
    }

    private static void Claim(PoolScaling row, ScalingFit fit, int predicted, bool sameScope)
    {
        (row.OneThreadOpsPerSec, row.Contention, row.Crosstalk) = (fit.Law!.Lambda, fit.Law.Sigma, fit.Law.Kappa);
        row.PeakThreadCount = fit.Law.Peak;
        if (fit.CanPredict(predicted))
        {
            row.PredictedOpsPerSec = fit.Law.Throughput(predicted);
            (row.PredictedOpsPerSecLow, row.PredictedOpsPerSecHigh) = fit.Interval(predicted);
            if (sameScope)
            {
                row.PredictionErrorPercent = 100 * ((row.PredictedOpsPerSec / row.MeasuredOpsPerSec) - 1);
            }

            if (row.Scope == PoolScalingScope.Within && (predicted > fit.MaxThreadCount || !sameScope))
            {
                row.Reason += FormattableString.Invariant($" {predicted} threads are predicted for a node or package that holds them.");
            }
            else if (!sameScope)
            {
                row.Reason += FormattableString.Invariant($" {predicted} threads are predicted as if they reached across, too.");
            }
        }
        else
        {
            row.Reason += FormattableString.Invariant(
                $" No claim for {predicted} threads: that is more than {ScalingFit.MaxReach} times what was measured.");
        }
    }
}
