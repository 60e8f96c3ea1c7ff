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
        ReportSection?[] sections =
        [
            SummarySection.Build(input),
            ThroughputSection.Build(input.Results, palette),
            RatioSection.Build(input.Comparisons, palette),
            LatencySection.Build(input.Results, palette),
            MissSection.Build(input.Results, palette),
            ScalingSection.Build(input.Efficiencies, palette),
            HistorySection.Build(input.Results, input.Regressions, palette),
            TableSection.Build("Comparisons", input.Comparisons),
            TableSection.Build("ScalingLaw", input.Scalings),
            TableSection.Build("Regressions", input.Regressions),
            TableSection.Build("Capacity", input.Capacities),
            TopologySection.Build(input.Topology),
            TableSection.Build("Results", input.Results),
            SamplesSection.Build(input.Results),
        ];
        return new Report(input.Title, [.. sections.OfType<ReportSection>()]);
    }
}
