using System.Globalization;
using System.Management.Automation;
using KretPool.Benchmark;

namespace KretPool.Cmdlets;

/// <summary>Shows the progress of a sweep. The engine reports on the pipeline's thread, as PowerShell requires.</summary>
/// <param name="cmdlet">The cmdlet that runs the sweep.</param>
internal sealed class BenchmarkProgressWriter(Cmdlet cmdlet) : IProgress<BenchmarkProgress>
{
    private const int ActivityId = 1;
    private const string Activity = "Benchmarking pools";

    /// <inheritdoc/>
    public void Report(BenchmarkProgress value)
    {
        string status = string.Create(
            CultureInfo.InvariantCulture,
            $"Trial {value.Trial.Number} of {value.TrialCount}, {value.Percent:0} %: {value.Trial.Kind.Name}, {value.Activity}");
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, Activity, status)
        {
            CurrentOperation = value.Trial.Conditions.ToString(),
            PercentComplete = (int)value.Percent,
            SecondsRemaining = (int)Math.Ceiling(value.Remaining.TotalSeconds),
        });
    }

    /// <summary>Takes the progress off the screen.</summary>
    public void Complete() =>
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, Activity, "Done") { RecordType = ProgressRecordType.Completed });
}
