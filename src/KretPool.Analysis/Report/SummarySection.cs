using System.Globalization;
using KretPool.Results;

namespace KretPool.Analysis.Report;

/// <summary>What a manager reads: what came out, what to doubt, what was measured and on what, and where the rest is.</summary>
internal static class SummarySection
{
    private const int MaxSentences = 40;

    public static ReportSection Build(ReportInput input, IReadOnlyList<ReportSection> others)
    {
        List<ReportBlock> blocks = [new TextBlock(TextRole.Title, input.Title)];
        Add("What came out", Paragraphs(ComparisonWords.Sentences(input.Comparisons)));
        Add("What changed", Paragraphs(input.Regressions.Select(Sentence)));
        Add("How far it scales", Paragraphs(ScalingWords.Sentences(input.Scalings)));
        Add("How many objects are enough", Paragraphs(input.Capacities.Select(Sentence)));
        Add("What to doubt", Limited(WarningWords.Sentences(input), TextRole.Warning));
        Add("What was measured", input.Results.Count == 0 ? [] : Measured(input.Results));
        Add("What is where", others.Select(section => new LinkBlock(section.Name, section.About)));
        return new ReportSection("Summary", blocks);

        void Add(string heading, IEnumerable<ReportBlock> content)
        {
            ReportBlock[] all = [.. content];
            if (all.Length > 0)
            {
                blocks.Add(new TextBlock(TextRole.Heading, heading));
                blocks.AddRange(all);
            }
        }
    }

    private static IEnumerable<ReportBlock> Paragraphs(IEnumerable<string> sentences) => Limited(sentences, TextRole.Paragraph);

    // The tables have them all.
    private static IEnumerable<ReportBlock> Limited(IEnumerable<string> sentences, TextRole role)
    {
        string[] all = [.. sentences];
        IEnumerable<string> shown = all.Length > MaxSentences
            ? all.Take(MaxSentences).Append(Invariant($"And {all.Length - MaxSentences:N0} more."))
            : all;
        return shown.Select(sentence => new TextBlock(role, sentence));
    }

    private static IEnumerable<FactBlock> Measured(IReadOnlyList<PoolBenchmarkResult> results)
    {
        var first = results.Min(result => result.StartedUtc);
        var last = results.Max(result => result.StartedUtc);
        int runs = Distinct(results, result => result.RunId).Count;
        yield return new("Results", Invariant($"{results.Count:N0} in {runs:N0} {(runs == 1 ? "run" : "runs")}"));
        yield return new("Started", first == last
            ? Invariant($"{first:yyyy-MM-dd HH:mm} UTC")
            : Invariant($"{first:yyyy-MM-dd HH:mm} to {last:yyyy-MM-dd HH:mm} UTC"));
        yield return Fact("Hosts", result => result.HostName);
        yield return Fact("Processor", result => result.CpuModel);
        yield return Fact("System", result => result.Kernel);
        yield return Fact("Virtualization", result => result.Virtualization);
        yield return Fact("Runtime", result => result.Runtime);
        yield return Fact("KretPool", result => result.ModuleVersion);
        yield return Fact("Kinds", result => result.Kind);
        yield return Fact("Workloads", result => result.Workload);
        yield return new("Threads", string.Join(", ", Distinct(results, result => result.ThreadCount).Order()));

        FactBlock Fact(string name, Func<PoolBenchmarkResult, string> valueOf) =>
            new(name, string.Join("; ", Distinct(results, valueOf).Where(value => value.Length > 0)) is { Length: > 0 } text
                ? text
                : "unknown");
    }

    private static string Sentence(PoolRegression regression)
    {
        string cause = regression.EnvironmentDifferences.Length > 0 ? $" Changed with it: {regression.EnvironmentDifferences}." : "";
        string how = regression.IsGradual ? ", little by little" : "";
        return Invariant($"{regression.Kind} on {regression.HostName}, {regression.Workload} with {ConditionCharts.Count(regression.ThreadCount)}: ")
            + Invariant($"{regression.Ratio:0.00} times as fast since {regression.ChangedUtc:yyyy-MM-dd HH:mm} UTC{how}.{cause}");
    }

    private static string Sentence(PoolCapacityEstimate estimate)
    {
        string measured = estimate.MeasuredCapacity is { } capacity
            ? Invariant($"{capacity:N0} {(capacity == 1 ? "object is" : "objects are")} enough")
            : $"no answer ({estimate.Reason})";
        string erlang = estimate.ErlangCapacity is { } theory ? Invariant($"; by Erlang B {theory:N0}") : "";
        return Invariant($"{estimate.Kind} with {ConditionCharts.Count(estimate.ThreadCount)}, at most ")
            + $"{ResultText.Share(estimate.MaxMissRate)} misses: {measured}{erlang}.";
    }

    private static HashSet<TValue> Distinct<TValue>(
        IEnumerable<PoolBenchmarkResult> results, Func<PoolBenchmarkResult, TValue> valueOf) => [.. results.Select(valueOf)];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
