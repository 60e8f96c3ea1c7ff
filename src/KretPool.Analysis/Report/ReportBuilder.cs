using KretPool.Results;

namespace KretPool.Analysis.Report;

/// <summary>Makes a report from results: a section for each subject that there is data for.</summary>
public static class ReportBuilder
{
    /// <summary>Makes the report.</summary>
    /// <param name="input">What it is made of.</param>
    /// <returns>The report.</returns>
    public static Report Build(ReportInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var palette = new KindPalette(
            input.Results.Select(result => result.Kind).Concat(input.Comparisons.Select(comparison => comparison.Kind))
                .Concat(input.Efficiencies.Select(efficiency => efficiency.Kind)));
        (ReportSection? Section, string About)[] sections =
        [
            (ThroughputSection.Build(input.Results, palette), "Operations per second of each kind, as threads are added"),
            (RatioSection.Build(input.Comparisons, palette), "How many times as fast as the baseline"),
            (LatencySection.Build(input.Results, palette), "How long an operation took, up to the slowest ones"),
            (MissSection.Build(input.Results, palette), "How often a pool of a given capacity had no object"),
            (ScalingSection.Build(input.Efficiencies, input.Scalings, palette), "What was measured, and the scaling law fitted to it"),
            (HistorySection.Build(input.Results, input.Regressions, palette), "Throughput from run to run, with changes marked"),
            (TableSection.Build("Comparisons", input.Comparisons), "Every comparison: ratio, interval, significance, verdict"),
            (TableSection.Build("ScalingLaw", input.Scalings), "The fitted laws: contention, crosstalk, peak, predictions"),
            (TableSection.Build("Efficiency", Grown(input.Efficiencies)), "Speed-up and efficiency with each number of threads"),
            (TableSection.Build("Regressions", input.Regressions), "The runs at which a kind changed"),
            (TableSection.Build("Capacity", input.Capacities), "How many objects are enough, measured and by Erlang B"),
            (TopologySection.Build(input.Topology), "The machine: packages, cores, nodes and caches"),
            (TableSection.Build("Results", input.Results), "Every result with all that was recorded"),
            (SamplesSection.Build(input.Results), "Every iteration of every result"),
        ];
        ReportSection[] present =
            [.. sections.Where(entry => entry.Section is not null).Select(entry => entry.Section! with { About = entry.About })];
        return new Report(input.Title, [SummarySection.Build(input, present), .. present]);
    }

    // With one thread count there is nothing to tell.
    private static IReadOnlyList<PoolEfficiency> Grown(IReadOnlyList<PoolEfficiency> efficiencies) =>
        efficiencies.Select(row => row.ThreadCount).Distinct().Count() > 1 ? efficiencies : [];
}
