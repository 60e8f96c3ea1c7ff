using System.Globalization;
using System.Management.Automation;
using KretPool.Benchmark;
using KretPool.Placement;
using KretPool.Pools;
using KretPool.Results;

namespace KretPool.Cmdlets;

/// <summary>Invoke-PoolBenchmark: a sweep over kinds and conditions; one result a trial, as soon as its block is complete.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "PoolBenchmark", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(PoolBenchmarkResult))]
public sealed class InvokePoolBenchmarkCommand : KretPoolCmdlet
{
    private static readonly string[] s_defaultKinds = ["KretPool", "FreeList", "KernelObjPool", "ConcurrentBag", "DefaultObjectPool"];

    private readonly List<string> _kinds = [];

    /// <summary>Kinds to measure; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PoolKindCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Kind { get; set; } = s_defaultKinds;

    /// <summary>Threads that rent and return.</summary>
    [Parameter(Position = 1)]
    public int[] ThreadCount { get; set; } = [];

    /// <summary>What each thread does.</summary>
    [Parameter]
    public BenchmarkWorkload[] Workload { get; set; } = [];

    /// <summary>Objects in the pool.</summary>
    [Parameter]
    public int[] Capacity { get; set; } = [];

    /// <summary>How threads are laid over CPUs.</summary>
    [Parameter]
    public PlacementStrategy[] Placement { get; set; } = [];

    /// <summary>How long an iteration lasts.</summary>
    [Parameter]
    [Duration]
    public TimeSpan IterationTime { get; set; } = new BenchmarkOptions().IterationTime;

    /// <summary>How long each kind runs before its first iteration.</summary>
    [Parameter]
    [Duration]
    public TimeSpan WarmupTime { get; set; } = new BenchmarkOptions().WarmupTime;

    /// <summary>Iterations of each trial.</summary>
    [Parameter]
    public int IterationCount { get; set; } = new BenchmarkOptions().IterationCount;

    /// <inheritdoc/>
    protected override void ProcessRecord() => _kinds.AddRange(Kind);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var plan = MakePlan();
        WriteVerbose(string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.TrialCount} trials in {plan.Blocks.Count} blocks, about {DurationText.Of(plan.ExpectedTime)}."));
        var approved = plan.Where(Approve);
        if (approved.Blocks.Count > 0)
        {
            Run(approved);
        }
    }

    private BenchmarkPlan MakePlan()
    {
        try
        {
            return BenchmarkPlan.Create(new BenchmarkOptions
            {
                Kinds = PoolKindCatalogue.Resolve(_kinds.Count > 0 ? _kinds : Kind),
                ThreadCounts = ThreadCount,
                Workloads = Workload,
                Capacities = Capacity,
                Placements = Placement,
                IterationTime = IterationTime,
                WarmupTime = WarmupTime,
                IterationCount = IterationCount,
            });
        }
        catch (UnknownPoolKindException e)
        {
            Fail(e, "UnknownPoolKind", ErrorCategory.ObjectNotFound, e.Name);
        }
        catch (BenchmarkOptionException e)
        {
            Fail(e, "Invalid" + e.Option, ErrorCategory.InvalidArgument, e.Value);
        }
        catch (ArgumentException e)
        {
            Fail(e, "UnknownPoolKind", ErrorCategory.ObjectNotFound, Kind);
        }

        throw new System.Diagnostics.UnreachableException();
    }

    private bool Approve(BenchmarkBlock block) => ShouldProcess(
        block.ToString(),
        string.Create(
            CultureInfo.InvariantCulture,
            $"Measure {block.Options.IterationCount} iterations of {DurationText.Of(block.Options.IterationTime)} each, about {DurationText.Of(block.ExpectedTime)}"));

    private void Run(BenchmarkPlan plan)
    {
        var runner = new BenchmarkRunner();
        var progress = new BenchmarkProgressWriter(this);
        try
        {
            foreach (var outcome in runner.Run(plan, progress, StopToken))
            {
                if (outcome.Result is not null)
                {
                    WriteObject(outcome.Result);
                }
                else
                {
                    WriteError(new ErrorRecord(outcome.Error!, "TrialFailed", ErrorCategory.InvalidResult, outcome.Trial)
                    {
                        ErrorDetails = new ErrorDetails($"{outcome.Trial} failed. {outcome.Error!.Message}"),
                    });
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The pipeline is being stopped. What was complete has been written.
            return;
        }

        progress.Complete();
        foreach (string warning in runner.Warnings)
        {
            WriteWarning($"Results may be off: {warning}.");
        }
    }
}
