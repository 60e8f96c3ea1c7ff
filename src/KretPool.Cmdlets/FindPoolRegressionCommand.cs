using System.Management.Automation;
using KretPool.Analysis.Regressions;
using KretPool.Results;

namespace KretPool.Cmdlets;

/// <summary>Find-PoolRegression: the nights on which pools became slower.</summary>
[Cmdlet(VerbsCommon.Find, "PoolRegression")]
[OutputType(typeof(PoolRegression))]
public sealed class FindPoolRegressionCommand : ResultCmdlet
{
    private readonly List<PoolBenchmarkResult> _results = [];

    /// <summary>A smaller change than this, in percent, does not matter.</summary>
    [Parameter]
    [ValidateRange(0.0, 99.0)]
    public double ThresholdPercent { get; set; } = 5;

    /// <summary>How sure a change must be, between 0 and 1.</summary>
    [Parameter]
    [ValidateRange(0.5, 0.999999)]
    public double Confidence { get; set; } = 0.99;

    /// <summary>How many runs in a row must have changed.</summary>
    [Parameter]
    [ValidateRange(2, 1000)]
    public int MinRuns { get; set; } = 2;

    /// <summary>Finds changes for the better as well.</summary>
    [Parameter]
    public SwitchParameter IncludeImprovement { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _results.AddRange(ReadResults(InputObject));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        int runs = RegressionFinder.LongestHistory(_results);
        if (runs < RegressionFinder.MinHistory)
        {
            WriteWarning($"The longest series has {runs} of the {RegressionFinder.MinHistory} runs or more with which a change shows.");
        }

        WriteObject(
            RegressionFinder.Find(_results, new RegressionOptions
            {
                ThresholdPercent = ThresholdPercent,
                Confidence = Confidence,
                MinRuns = MinRuns,
                IncludeImprovements = IncludeImprovement,
            }),
            enumerateCollection: true);
    }
}
