using System.Globalization;
using System.Management.Automation;
using KretPool.Analysis.Capacity;
using KretPool.Benchmark;
using KretPool.Pools;
using KretPool.Results;

namespace KretPool.Cmdlets;

/// <summary>Measure-PoolCapacity: the smallest capacity that keeps misses under a target, by trials and by theory.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "PoolCapacity")]
[OutputType(typeof(PoolCapacityEstimate))]
public sealed class MeasurePoolCapacityCommand : KretPoolCmdlet
{
    /// <summary>Kinds to measure; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PoolKindCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Kind { get; set; } = ["KretPool"];

    /// <summary>Threads that rent and return; without it as many as there are CPUs.</summary>
    [Parameter(Position = 1)]
    [ValidateRange(1, BenchmarkPlan.MaxThreadCount)]
    [PSDefaultValue(Help = "the number of CPUs")]
    public int[] ThreadCount { get; set; } = [Environment.ProcessorCount];

    /// <summary>Objects that each thread rents in a row.</summary>
    [Parameter]
    [ValidateRange(1, BenchmarkPlan.MaxBulkSize)]
    public int BulkSize { get; set; } = 1;

    /// <summary>How long an object is held; without it as short as can be.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? HoldTime { get; set; }

    /// <summary>The share of rents that may find no object.</summary>
    [Parameter]
    [ValidateRange(0.000001, 1.0)]
    public double MaxMissRate { get; set; } = 0.001;

    /// <summary>How long an iteration of a trial lasts.</summary>
    [Parameter]
    [Duration]
    public TimeSpan IterationTime { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var kind in Kinds())
        {
            foreach (int threadCount in ThreadCount)
            {
                Estimate(kind, threadCount);
            }
        }
    }

    private IReadOnlyList<PoolKind> Kinds()
    {
        try
        {
            return PoolKindCatalogue.Resolve(Kind);
        }
        catch (ArgumentException e)
        {
            Fail(e, "UnknownPoolKind", ErrorCategory.ObjectNotFound, Kind);
            throw;
        }
    }

    private void Estimate(PoolKind kind, int threadCount)
    {
        var progress = new ProgressRecord(0, "Measure-PoolCapacity", string.Create(CultureInfo.InvariantCulture, $"{kind.Name}, {threadCount} threads"));
        try
        {
            WriteObject(CapacityEstimator.Estimate(
                new CapacityOptions
                {
                    Kind = kind,
                    ThreadCount = threadCount,
                    BulkSize = BulkSize,
                    HoldTime = HoldTime,
                    MaxMissRate = MaxMissRate,
                    IterationTime = IterationTime,
                },
                (capacity, missRate) =>
                {
                    progress.CurrentOperation = string.Create(CultureInfo.InvariantCulture, $"{capacity} objects: {missRate:P3} misses");
                    WriteProgress(progress);
                    WriteVerbose(progress.CurrentOperation);
                },
                StopToken));
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C; PowerShell ends the pipeline.
        }
        catch (Exception e) when (e is BenchmarkOptionException or InvalidOperationException)
        {
            WriteError(new ErrorRecord(e, "CannotMeasureCapacity", ErrorCategory.InvalidOperation, kind));
        }
        finally
        {
            progress.RecordType = ProgressRecordType.Completed;
            WriteProgress(progress);
        }
    }
}
