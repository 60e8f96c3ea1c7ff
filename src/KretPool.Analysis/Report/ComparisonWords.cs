using System.Globalization;
using KretPool.Results;

namespace KretPool.Analysis.Report;

/// <summary>Says verdicts in words: a sentence for each kind against each baseline, the fastest first.</summary>
internal static class ComparisonWords
{
    public static IEnumerable<string> Sentences(IReadOnlyList<PoolComparison> comparisons) =>
        from comparison in comparisons
        group comparison by (comparison.Kind, comparison.BaselineKind) into set
        orderby set.First().GeometricMeanRatio descending
        select Sentence([.. set]);

    private static string Sentence(IReadOnlyList<PoolComparison> set)
    {
        var first = set[0];
        string subject = first.Kind == first.BaselineKind ? first.Kind : $"{first.Kind} against {first.BaselineKind}";
        string counts = string.Join(", ",
            from verdict in new[] { PoolVerdict.Faster, PoolVerdict.Slower, PoolVerdict.Same, PoolVerdict.Inconclusive }
            let count = set.Count(comparison => comparison.Verdict == verdict)
            where count > 0
            select $"{(verdict == PoolVerdict.Same ? "the same" : verdict.ToString().ToLowerInvariant())} in {count}");
        string mean = first.GeometricMeanRatio is { } ratio ? Invariant($"; {ratio:0.00} times as fast on the geometric mean") : "";
        var extreme = set.MaxBy(comparison => Math.Abs(Math.Log(comparison.Ratio is > 0 and var value ? value : 1)))!;
        string most = set.Count > 1 && extreme.Ratio is { } furthest
            ? Invariant($". Furthest apart with {ConditionCharts.Count(extreme.ThreadCount)}: {furthest:0.00} times{Interval(extreme)}")
            : Interval(extreme);
        return $"{subject}: {counts} of {set.Count}{mean}{most}.{WhyNot(set)}";
    }

    private static string Interval(PoolComparison comparison) =>
        comparison is { RatioLow: { } low, RatioHigh: { } high }
            ? Invariant($" (95 % interval {low:0.00} to {high:0.00})")
            : "";

    // What most of those without a verdict lack.
    private static string WhyNot(IReadOnlyList<PoolComparison> set)
    {
        var reason = set.Where(comparison => comparison.Verdict == PoolVerdict.Inconclusive && comparison.Reason.Length > 0)
            .GroupBy(comparison => comparison.Reason)
            .MaxBy(same => same.Count());
        return reason is null ? "" : $" Inconclusive because: {reason.Key.TrimEnd('.')}.";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
