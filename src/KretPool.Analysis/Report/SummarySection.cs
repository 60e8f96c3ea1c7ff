using System.Globalization;
using KretPool.Results;

namespace KretPool.Analysis.Report;

/// <summary>What a manager reads: what was measured, on what, what came out, and what to doubt.</summary>
internal static class SummarySection
{
    public static ReportSection Build(ReportInput input)
    {
        List<ReportBlock> blocks = [new TextBlock(TextRole.Title, input.Title)];
        if (input.Results.Count > 0)
        {
            blocks.Add(new TextBlock(TextRole.Heading, "What was measured"));
            blocks.AddRange(Measured(input.Results));
        }

        if (input.Comparisons.Count > 0)
        {
            blocks.Add(new TextBlock(TextRole.Heading, "What came out"));
            blocks.AddRange(Verdicts(input.Comparisons));
        }

        if (input.Regressions.Count > 0)
        {
            blocks.Add(new TextBlock(TextRole.Heading, "What became slower"));
            blocks.AddRange(input.Regressions.Select(regression => new TextBlock(TextRole.Paragraph, Sentence(regression))));
        }

        string[] warnings = [.. Warnings(input)];
        if (warnings.Length > 0)
        {
            blocks.Add(new TextBlock(TextRole.Heading, "What to doubt"));
            blocks.AddRange(warnings.Select(warning => new TextBlock(TextRole.Warning, warning)));
        }

        return new ReportSection("Summary", blocks);
    }

    private static IEnumerable<FactBlock> Measured(IReadOnlyList<PoolBenchmarkResult> results)
    {
        var first = results.Min(result => result.StartedUtc);
        var last = results.Max(result => result.StartedUtc);
        int runs = Distinct(results, result => result.RunId).Count;
        yield return new("Results", Invariant($"{results.Count:N0} in {runs:N0} {(runs == 1 ? "run" : "runs")}"));
        yield return new("Started", Invariant($"{first:yyyy-MM-dd HH:mm} to {last:yyyy-MM-dd HH:mm} UTC"));
        yield return Fact("Hosts", result => result.HostName);
        yield return Fact("Processor", result => result.CpuModel);
        yield return Fact("System", result => result.Kernel);
        yield return Fact("Virtualization", result => result.Virtualization);
        yield return Fact("Runtime", result => result.Runtime);
        yield return Fact("Kinds", result => result.Kind);
        yield return Fact("Workloads", result => result.Workload);
        yield return new("Threads", string.Join(", ", Distinct(results, result => result.ThreadCount).Order()));

        FactBlock Fact(string name, Func<PoolBenchmarkResult, string> valueOf) =>
            new(name, string.Join(", ", Distinct(results, valueOf).Where(value => value.Length > 0)) is { Length: > 0 } text
                ? text
                : "unknown");
    }

    private static IEnumerable<TextBlock> Verdicts(IReadOnlyList<PoolComparison> comparisons) =>
        from comparison in comparisons
        group comparison by (comparison.Kind, comparison.BaselineKind) into set
        orderby set.First().GeometricMeanRatio descending
        select new TextBlock(TextRole.Paragraph, Sentence([.. set]));

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
            ? Invariant($". Furthest apart with {extreme.ThreadCount} threads: {furthest:0.00} times{Interval(extreme)}")
            : Interval(extreme);
        return $"{subject}: {counts} of {set.Count}{mean}{most}.";
    }

    private static string Sentence(PoolRegression regression)
    {
        string cause = regression.EnvironmentDifferences.Length > 0 ? $" Changed with it: {regression.EnvironmentDifferences}." : "";
        return Invariant($"{regression.Kind} on {regression.HostName}, {regression.Workload} with {regression.ThreadCount} threads: ")
            + Invariant($"{regression.Ratio:0.00} times as fast since {regression.ChangedUtc:yyyy-MM-dd HH:mm} UTC.{cause}");
    }

    private static string Interval(PoolComparison comparison) =>
        comparison is { RatioLow: { } low, RatioHigh: { } high }
            ? Invariant($" (95 % interval {low:0.00} to {high:0.00})")
            : "";

    private static IEnumerable<string> Warnings(ReportInput input)
    {
        var perResult =
            from result in input.Results
            from warning in result.Warnings.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            group result by warning into same
            orderby same.Count() descending
            select Invariant($"{same.Key} ({same.Count()} of {input.Results.Count} results)");
        var perComparison =
            from comparison in input.Comparisons
            where comparison.EnvironmentDifferences.Length > 0
            group comparison by comparison.EnvironmentDifferences into same
            select Invariant($"Compared across environments: {same.Key} ({same.Count()} of {input.Comparisons.Count} comparisons)");
        return perResult.Concat(perComparison);
    }

    private static HashSet<TValue> Distinct<TValue>(
        IEnumerable<PoolBenchmarkResult> results, Func<PoolBenchmarkResult, TValue> valueOf) => [.. results.Select(valueOf)];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
