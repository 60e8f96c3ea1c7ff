using System.Management.Automation;
using KretPool.Analysis.Comparison;
using KretPool.Results;

namespace KretPool.Cmdlets;

/// <summary>Compare-PoolResult: results beside a baseline, with a verdict each.</summary>
[Cmdlet(VerbsData.Compare, "PoolResult", DefaultParameterSetName = KindSet)]
[OutputType(typeof(PoolComparison))]
public sealed class ComparePoolResultCommand : ResultCmdlet
{
    private const string KindSet = "BaselineKind";
    private const string ResultSet = "Baseline";

    private readonly List<PoolBenchmarkResult> _results = [];

    /// <summary>The kind that the others are compared with, under the same conditions in the same run.</summary>
    [Parameter(Position = 0, ParameterSetName = KindSet)]
    [ArgumentCompleter(typeof(PoolKindCompleter))]
    [ValidateNotNullOrEmpty]
    public string BaselineKind { get; set; } = "FreeList";

    /// <summary>Other results to compare with: of another night, another machine, another setting.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ResultSet)]
    public PSObject[] Baseline { get; set; } = [];

    /// <summary>The columns that must be equal in a pair, instead of everything but what is compared.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ResultColumnCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] By { get; set; } = [];

    /// <summary>A smaller difference than this, in percent, does not matter.</summary>
    [Parameter]
    [ValidateRange(0.0, 99.0)]
    public double ThresholdPercent { get; set; } = 5;

    /// <summary>How sure a call of a difference must be, between 0 and 1.</summary>
    [Parameter]
    [ValidateRange(0.5, 0.999999)]
    public double Confidence { get; set; } = 0.995;

    /// <summary>Compares results of machines of another shape, too, instead of refusing them.</summary>
    [Parameter]
    public SwitchParameter AllowDifferentEnvironment { get; set; }

    /// <summary>Ends the script with an error that lists what became slower.</summary>
    [Parameter]
    public SwitchParameter FailOnRegression { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _results.AddRange(ReadResults(InputObject));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var set = Compare();
        Report(set);
        WriteObject(set.Comparisons, enumerateCollection: true);
        if (FailOnRegression)
        {
            Judge(set);
        }
    }

    private ComparisonSet Compare()
    {
        try
        {
            var options = new ComparisonOptions
            {
                By = By,
                ThresholdPercent = ThresholdPercent,
                Confidence = Confidence,
                AllowDifferentEnvironment = AllowDifferentEnvironment,
            };
            return ParameterSetName == KindSet
                ? ResultComparer.AgainstKind(_results, BaselineKind, options)
                : ResultComparer.AgainstResults(_results, [.. ReadResults(Baseline)], options);
        }
        catch (ArgumentException e)
        {
            Fail(e, "CannotCompare", ErrorCategory.InvalidArgument, e.ParamName);
            throw;
        }
        catch (FormatException e)
        {
            Fail(e, "DamagedSamples", ErrorCategory.InvalidData, null);
            throw;
        }
    }

    private void Report(ComparisonSet set)
    {
        WriteVerbose($"{set.Comparisons.Count} pairs, equal in {string.Join(", ", set.MatchedBy)}.");
        if (set.WithoutPartner.Count > 0)
        {
            WriteWarning($"{set.WithoutPartner.Count} results have no baseline to compare with: {Name(set.WithoutPartner)}.");
        }

        if (set.UnusedBaselines.Count > 0)
        {
            WriteWarning($"{set.UnusedBaselines.Count} baselines have no result to compare with: {Name(set.UnusedBaselines)}.");
        }

        if (set.Refused.Count > 0)
        {
            WriteError(new ErrorRecord(
                new InvalidOperationException(Refusal(set)),
                "DifferentEnvironment", ErrorCategory.InvalidOperation, set.Refused));
        }

        foreach (string difference in set.Comparisons.Select(row => row.EnvironmentDifferences).Where(text => text.Length > 0).Distinct())
        {
            WriteWarning($"The environments differ: {difference}.");
        }
    }

    private static string Refusal(ComparisonSet set) =>
        $"{set.Refused.Count} results have a baseline from a machine of another shape only: {Name(set.Refused)}. "
        + "Use -AllowDifferentEnvironment to compare them all the same.";

    private static void Judge(ComparisonSet set)
    {
        PoolComparison[] regressions = [.. set.Regressions];
        if (regressions.Length > 0)
        {
            string list = string.Join(Environment.NewLine, regressions.Select(row =>
                FormattableString.Invariant($"  {row.Kind}, {row.Workload}, {Threads(row.ThreadCount)}: ")
                + FormattableString.Invariant($"{row.Ratio:0.000} times {row.BaselineKind} ({row.RatioLow:0.000} to {row.RatioHigh:0.000})")));
            throw new PoolRegressionException(
                $"{regressions.Length} of {set.Comparisons.Count} comparisons are slower than the baseline:{Environment.NewLine}{list}",
                "PoolRegression", regressions);
        }

        if (set.Refused.Count > 0)
        {
            throw new PoolRegressionException(
                $"{Refusal(set)} Until then nothing is known about regressions among them.", "DifferentEnvironment", set.Refused);
        }

        if (set.Comparisons.Count == 0)
        {
            throw new PoolRegressionException(
                "Nothing was compared, so nothing is known about regressions.", "NothingCompared", set);
        }
    }

    private static string Threads(int count) => count == 1 ? "1 thread" : $"{count} threads";

    private static string Name(IReadOnlyList<PoolBenchmarkResult> results)
    {
        const int Shown = 3;
        string names = string.Join("; ", results.Take(Shown).Select(result => string.Join(' ',
            new[] { result.HostName, result.Kind, result.Workload, $"{Threads(result.ThreadCount)}, capacity {result.Capacity}" }
                .Where(part => part.Length > 0))));
        return results.Count > Shown ? $"{names}; ..." : names;
    }
}
