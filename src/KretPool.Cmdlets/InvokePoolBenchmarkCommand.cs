using System.Globalization;
using System.Management.Automation;
using KretPool.Analysis;
using KretPool.Benchmark;
using KretPool.Placement;
using KretPool.Pools;
using KretPool.Results;

namespace KretPool.Cmdlets;

/// <summary>Invoke-PoolBenchmark: a sweep over kinds and conditions; one result a trial, as soon as its block is complete.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "PoolBenchmark", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(PoolBenchmarkResult))]
public sealed class InvokePoolBenchmarkCommand : ResultCmdletBase
{
    private static readonly string[] s_defaultKinds = ["KretPool", "FreeList", "KernelObjPool", "ConcurrentBag", "DefaultObjectPool"];
    private static readonly BenchmarkOptions s_defaults = new();

    private readonly List<string> _kinds = [];

    /// <summary>Kinds to measure; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PoolKindCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Kind { get; set; } = s_defaultKinds;

    /// <summary>Threads that rent and return. Without it 1, 2, 4, ... up to as many as the placement allows.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public int[] ThreadCount { get; set; } = [];

    /// <summary>A sweep with a name. Parameters that do not make it what it is change what it sets.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EnumCompleter<BenchmarkSuite>))]
    [ValidateNotNullOrEmpty]
    public string Suite { get; set; } = nameof(BenchmarkSuite.Quick);

    /// <summary>What each thread does between the start and the end of an iteration.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EnumCompleter<BenchmarkWorkload>))]
    [ValidateNotNull]
    public string[] Workload { get; set; } = [];

    /// <summary>Objects in the pool.</summary>
    [Parameter]
    [ValidateNotNull]
    public int[] Capacity { get; set; } = [];

    /// <summary>Bytes of each object; 0 for a managed object without a payload, above 0 for native memory.</summary>
    [Parameter]
    [ValidateNotNull]
    public int[] ObjectSize { get; set; } = [];

    /// <summary>Rents in a row, for the workloads Bulk, BulkCall and Miss.</summary>
    [Parameter]
    [ValidateNotNull]
    public int[] BulkSize { get; set; } = [];

    /// <summary>How threads are laid over CPUs.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EnumCompleter<PlacementStrategy>))]
    [ValidateNotNull]
    public string[] Placement { get; set; } = [];

    /// <summary>
    /// NUMA nodes whose CPUs are used. Each element is a list of its own, such as 0 or '0-1', and is measured after the one
    /// before.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(NumaNodeCompleter))]
    [ValidateNotNull]
    public string[] NumaNode { get; set; } = [];

    /// <summary>
    /// CPUs that are used. Each element is a list of its own, such as '0-3,8' in quotes, and is measured after the one before.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(CpuListCompleter))]
    [ValidateNotNull]
    public string[] Cpu { get; set; } = [];

    /// <summary>Where the memory of the objects comes from: Default, Local, Interleave, or 'Node 1'.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MemoryPolicyCompleter))]
    [ValidateNotNull]
    public string[] MemoryPolicy { get; set; } = [];

    /// <summary>How long an iteration lasts.</summary>
    [Parameter]
    [Duration]
    public TimeSpan IterationTime { get; set; } = s_defaults.IterationTime;

    /// <summary>How long each kind runs before its first iteration.</summary>
    [Parameter]
    [Duration]
    public TimeSpan WarmupTime { get; set; } = s_defaults.WarmupTime;

    /// <summary>Iterations of each trial. With fewer than 6 there is no 95 % interval.</summary>
    [Parameter]
    public int IterationCount { get; set; } = s_defaults.IterationCount;

    /// <summary>How long the workload Blocking sleeps with an object in hand.</summary>
    [Parameter]
    [Duration]
    public TimeSpan HoldTime { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>What the workload Probe runs with an object in hand: None, Flock, Mprotect, Read, or 'Spin 100'.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProbedRoutineCompleter))]
    public string ProbedRoutine { get; set; } = "Flock";

    /// <summary>How often a second thread on each thread's CPU wakes, rents and returns, as a timer interrupt does.</summary>
    [Parameter]
    [Duration]
    public TimeSpan InterruptInterval { get; set; }

    /// <summary>Ends each trial with closing the pool while every thread holds objects.</summary>
    [Parameter]
    public SwitchParameter CloseWhileOut { get; set; }

    /// <summary>Records the latency of every operation as well, in a pass of its own, which doubles the time.</summary>
    [Parameter]
    public SwitchParameter Latency { get; set; }

    /// <summary>Seed of the order in which objects are put into the pools.</summary>
    [Parameter]
    public int Seed { get; set; } = s_defaults.Seed;

    /// <summary>After this time no further block is started.</summary>
    [Parameter]
    [Duration]
    public TimeSpan MaxDuration { get; set; }

    /// <summary>The id that the results carry; without it that of the sweep that is resumed, or a new one.</summary>
    [Parameter]
    public Guid? RunId { get; set; }

    /// <summary>Results of a sweep that did not end: blocks that are complete in them are not measured again.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject[]? Resume { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _kinds.AddRange(Kind);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_kinds.Count == 0)
        {
            // The pipeline was empty: nothing is to be measured, rather than the kinds that are without one.
            return;
        }

        var plan = MakePlan();
        if (Resume is { Length: > 0 })
        {
            plan = LeaveOutWhatIsMeasured(plan);
        }

        WriteVerbose(Summary(plan));
        var reason = ShouldProcessReason.None;
        var approved = plan.Where(block => ShouldProcess(Describe(block, plan), $"Measure {block}?", "Invoke-PoolBenchmark", out reason));
        if (reason == ShouldProcessReason.WhatIf)
        {
            ShouldProcess(Summary(plan), "", "");
        }

        if (approved.Blocks.Count > 0)
        {
            Run(approved);
        }
    }

    private BenchmarkPlan MakePlan()
    {
        try
        {
            var suite = SuiteNamed(Suite);
            RefuseToChange(suite);
            var options = new BenchmarkOptions { Kinds = PoolKindCatalogue.Resolve(_kinds) };
            return BenchmarkPlan.Create([.. BenchmarkSuites.Sweeps(suite, options).Select(WithBound)]);
        }
        catch (BenchmarkOptionException e)
        {
            Fail(e, "Invalid" + e.Option, ErrorCategory.InvalidArgument, e.Value);
        }
        catch (ArgumentException e)
        {
            Fail(e, "UnknownPoolKind", ErrorCategory.ObjectNotFound, (e as UnknownPoolKindException)?.Name ?? (object)Kind);
        }

        return null;
    }

    private BenchmarkPlan LeaveOutWhatIsMeasured(BenchmarkPlan plan)
    {
        try
        {
            PoolBenchmarkResult[] measured = [.. ReadResults(Resume!.OfType<PSObject>()).Where(result => RunId is null || result.RunId == RunId)];
            RunId ??= SweepResumption.RunIdOf(measured);
            var remaining = SweepResumption.Remaining(plan, measured);
            WriteVerbose(string.Create(
                CultureInfo.InvariantCulture,
                $"{plan.Blocks.Count - remaining.Blocks.Count} of {plan.Blocks.Count} blocks are measured already."));
            return remaining;
        }
        catch (BenchmarkOptionException e)
        {
            Fail(e, "Invalid" + e.Option, ErrorCategory.InvalidArgument, e.Value);
            throw;
        }
    }

    private static BenchmarkSuite SuiteNamed(string name) =>
        EnumNames.Resolve<BenchmarkSuite>(nameof(Suite), [name]) is [var suite]
            ? suite
            : throw new BenchmarkOptionException(nameof(Suite), name, $"-Suite '{name}' is more than one suite. Name one.");

    private void RefuseToChange(BenchmarkSuite suite)
    {
        string? changed = BenchmarkSuites.OwnOptions(suite).FirstOrDefault(MyInvocation.BoundParameters.ContainsKey);
        if (changed is not null)
        {
            throw new BenchmarkOptionException(
                changed, MyInvocation.BoundParameters[changed],
                $"The suite {suite} sets {changed} itself. Leave out -{changed}, or -Suite to make a sweep of your own.");
        }
    }

    // Anything else that the operator typed counts, whatever the suite says.
    private BenchmarkOptions WithBound(BenchmarkOptions options) => options with
    {
        ThreadCounts = Bound(nameof(ThreadCount), ThreadCount, options.ThreadCounts),
        FitThreadCounts = Bound(nameof(ThreadCount), false, options.FitThreadCounts),
        Workloads = Bound(nameof(Workload), EnumNames.Resolve<BenchmarkWorkload>(nameof(Workload), Workload), options.Workloads),
        Capacities = Bound(nameof(Capacity), Capacity, options.Capacities),
        ObjectSizes = Bound(nameof(ObjectSize), ObjectSize, options.ObjectSizes),
        BulkSizes = Bound(nameof(BulkSize), BulkSize, options.BulkSizes),
        Placements = Bound(nameof(Placement), EnumNames.Resolve<PlacementStrategy>(nameof(Placement), Placement), options.Placements),
        NodeSets = Bound(nameof(NumaNode), BenchmarkLists.Sets("NumaNode", NumaNode), options.NodeSets),
        CpuSets = Bound(nameof(Cpu), BenchmarkLists.Sets("Cpu", Cpu), options.CpuSets),
        MemoryPolicies = Bound(nameof(MemoryPolicy), BenchmarkLists.MemoryPolicies(MemoryPolicy), options.MemoryPolicies),
        IterationTime = Bound(nameof(IterationTime), IterationTime, options.IterationTime),
        WarmupTime = Bound(nameof(WarmupTime), WarmupTime, options.WarmupTime),
        IterationCount = Bound(nameof(IterationCount), IterationCount, options.IterationCount),
        HoldTime = Bound(nameof(HoldTime), HoldTime, options.HoldTime),
        ProbedRoutine = Bound(nameof(ProbedRoutine), BenchmarkLists.Routine(ProbedRoutine), options.ProbedRoutine),
        InterruptInterval = Bound(nameof(InterruptInterval), InterruptInterval, options.InterruptInterval),
        CloseWhileOut = Bound(nameof(CloseWhileOut), (bool)CloseWhileOut, options.CloseWhileOut),
        Latency = Bound(nameof(Latency), (bool)Latency, options.Latency),
        Seed = Bound(nameof(Seed), Seed, options.Seed),
        MaxDuration = Bound(nameof(MaxDuration), MaxDuration, options.MaxDuration),
    };

    private T Bound<T>(string parameter, T given, T otherwise) =>
        MyInvocation.BoundParameters.ContainsKey(parameter) ? given : otherwise;

    private static string Describe(BenchmarkBlock block, BenchmarkPlan plan)
    {
        int first = block.Trials[0].Number, last = block.Trials[^1].Number;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(first == last ? $"Trial {first}" : $"Trials {first}-{last}")} of {plan.TrialCount}, about {DurationText.Of(block.ExpectedTime)}: "
            + $"{block.Conditions}; {block.Options.IterationCount} iterations of {DurationText.Of(block.Options.IterationTime)} of "
            + $"{string.Join(", ", block.Trials.Select(trial => trial.Kind.Name))}{(first == last ? "" : " in turn")}");
    }

    private static string Summary(BenchmarkPlan plan) => string.Create(
        CultureInfo.InvariantCulture,
        $"{plan.TrialCount} {(plan.TrialCount == 1 ? "trial" : "trials")} in {plan.Blocks.Count} {(plan.Blocks.Count == 1 ? "block" : "blocks")}, about {DurationText.Of(plan.ExpectedTime)}")
        + (plan.MaxDuration < plan.ExpectedTime ? $"; no block is started after {DurationText.Of(plan.MaxDuration.Value)}" : "");

    private void Run(BenchmarkPlan plan)
    {
        var runner = new BenchmarkRunner(() => new HdrLatencyRecorder()) { RunId = RunId };
        var progress = new BenchmarkProgressWriter(this);
        try
        {
            foreach (var outcome in runner.Run(plan, progress, StopToken))
            {
                Write(outcome);
            }
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            // The pipeline is being stopped. What was complete has been written.
            return;
        }

        progress.Complete();
        WriteWarnings(runner);
    }

    private void Write(BenchmarkOutcome outcome)
    {
        if (outcome.Result is not null)
        {
            WriteObject(outcome.Result);
            return;
        }

        var error = outcome.Error!;
        WriteError(new ErrorRecord(error, "TrialFailed", ErrorCategory.InvalidResult, outcome.Trial)
        {
            ErrorDetails = new ErrorDetails($"{outcome.Trial} failed: {error.Message}"),
        });
    }

    private void WriteWarnings(BenchmarkRunner runner)
    {
        foreach (string warning in runner.Warnings)
        {
            WriteWarning($"Results may be off: {warning}.");
        }

        if (runner.SkippedBlockCount > 0)
        {
            WriteWarning(string.Create(
                CultureInfo.InvariantCulture,
                $"-MaxDuration {DurationText.Of(MaxDuration)} was over before the last {runner.SkippedBlockCount} blocks of the plan; they were not measured."));
        }
    }
}
