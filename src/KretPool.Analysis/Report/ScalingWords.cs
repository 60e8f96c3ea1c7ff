using System.Globalization;
using KretPool.Results;

namespace KretPool.Analysis.Report;

/// <summary>Says in words how far kinds scale: a sentence for each fitted law.</summary>
internal static class ScalingWords
{
    public static IEnumerable<string> Sentences(IReadOnlyList<PoolScaling> scalings) =>
        from row in scalings
        where row.HasClaim
        group row by (row.HostName, row.Kind, row.Scope, row.Workload, row.Capacity, row.ObjectSize, row.BulkSize, row.Placement, row.MemoryPolicy, row.ThreadCounts)
        into law
        select Sentence([.. law]);

    private static string Sentence(IReadOnlyList<PoolScaling> law)
    {
        var row = law[0];
        string where = row.Scope switch
        {
            PoolScalingScope.Within => " inside a node",
            PoolScalingScope.Across => " across nodes",
            _ => "",
        };
        string peak = row.PeakThreadCount is { } threads
            ? Invariant($"fastest at about {threads:#,##0} threads")
            : "no peak in sight";
        string fit = row.FitErrorPercent is { } error ? Invariant($" (the law is off by {error:0.#} %)") : "";
        var predicted = law.MaxBy(entry => entry.PredictedThreadCount ?? 0)!;
        string prediction = predicted is { PredictedThreadCount: { } count, PredictedOpsPerSec: { } rate }
            ? Invariant($"; with {count:#,##0} threads {ResultText.Rate(rate)} to expect")
            : "";
        string interval = ResultText.RateInterval(predicted.PredictedOpsPerSecLow, predicted.PredictedOpsPerSecHigh);
        return $"{row.Kind} on {row.HostName}, {row.Workload}{where}: {peak}{fit}{prediction}"
            + $"{(interval.Length > 0 && prediction.Length > 0 ? $" ({interval})" : "")}.";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
