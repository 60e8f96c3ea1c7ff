using System.Diagnostics;
using KretPool.Benchmark;
using KretPool.Placement;
using KretPool.Pools;
using KretPool.Pools.Peers;
using KretPool.Results;
using KretPool.Topology;

namespace KretPool.Tests.Benchmark;

public class BenchmarkRunnerTests
{
    private static readonly PoolKind s_queue = PoolKind.From(typeof(ConcurrentQueuePool<>));
    private static readonly PoolKind s_stack = PoolKind.From(typeof(LockedStackPool<>));
    private static readonly BenchmarkOptions s_short = new()
    {
        Kinds = [s_queue],
        ThreadCounts = [2],
        Placements = [PlacementStrategy.None],
        IterationTime = TimeSpan.FromMilliseconds(2),
        WarmupTime = TimeSpan.Zero,
        IterationCount = 6,
    };

    /// <summary>All workloads but Miss, so that one that is added tomorrow is tested tomorrow.</summary>
    public static TheoryData<BenchmarkWorkload, string?> WorkloadsThatHit
    {
        get
        {
            var workloads = new TheoryData<BenchmarkWorkload, string?>();
            foreach (var workload in Enum.GetValues<BenchmarkWorkload>().Except([BenchmarkWorkload.Miss, BenchmarkWorkload.Probe]))
            {
                workloads.Add(workload, null);
            }

            foreach (string routine in new[] { "None", "Flock", "Mprotect", "Read", "Spin 10" })
            {
                workloads.Add(BenchmarkWorkload.Probe, routine);
            }

            return workloads;
        }
    }

    [Theory]
    [MemberData(nameof(WorkloadsThatHit))]
    public void Every_workload_rents_and_returns_without_a_miss(BenchmarkWorkload workload, string? routine)
    {
        var result = Assert.Single(Results(s_short with
        {
            Workloads = [workload],
            ProbedRoutine = routine is null ? null : ProbedRoutine.Parse(routine),
        }));

        Assert.Equal(workload.ToString(), result.Workload);
        Assert.Equal(routine ?? "", result.ProbedRoutine);
        Assert.True(result.Hits > 0);
        Assert.Equal(0, result.Misses);
        Assert.True(result.OpsPerSec > 0);
        Assert.True(result.EmptyLoopNs > 0);
    }

    [Fact]
    public void Miss_misses()
    {
        var result = Assert.Single(Results(s_short with { Workloads = [BenchmarkWorkload.Miss] }));

        Assert.True(result.Misses > 0);
        Assert.Equal((double)result.Misses / (result.Hits + result.Misses), result.MissRate, 1e-12);
    }

    [Fact]
    public void Blocking_holds_each_object_for_the_hold_time()
    {
        var result = Assert.Single(Results(s_short with
        {
            ThreadCounts = [1],
            Workloads = [BenchmarkWorkload.Blocking],
            HoldTime = TimeSpan.FromMilliseconds(4),
        }));

        Assert.Equal(4, result.HoldMs);
        Assert.True(result.NsPerOp >= 4e6, $"An operation took {result.NsPerOp} ns.");
    }

    [Fact]
    public void A_hold_is_as_long_as_it_likes()
    {
        var result = Assert.Single(Results(s_short with
        {
            ThreadCounts = [1],
            Workloads = [BenchmarkWorkload.Blocking],
            HoldTime = TimeSpan.FromMilliseconds(150),
            IterationCount = 2,
        }));

        Assert.Equal(2, result.Hits);
        Assert.True(result.NsPerOp >= 150e6, $"An operation took {result.NsPerOp} ns.");
    }

    [Fact]
    public void A_busy_loop_is_as_long_as_it_likes()
    {
        var result = Assert.Single(Results(s_short with
        {
            ThreadCounts = [1],
            Workloads = [BenchmarkWorkload.Probe],
            ProbedRoutine = ProbedRoutine.Spin(ProbedRoutine.MaxTurns),
            IterationCount = 1,
        }));

        Assert.Equal(1, result.Hits);
    }

    [Fact]
    public void A_result_holds_every_sample_and_their_median_and_interval()
    {
        var result = Assert.Single(Results(s_short with { IterationCount = 7 }));

        double[] samples = [.. result.SamplesOpsPerSec.Split(';').Select(double.Parse)];
        Assert.Equal(7, samples.Length);
        Assert.Equal(result.OpsPerSec, samples.Order().ElementAt(3), 1.0);
        Assert.Equal(result.OpsPerSecLow!.Value, samples.Min(), 1.0);
        Assert.Equal(result.OpsPerSecHigh!.Value, samples.Max(), 1.0);
        Assert.Equal(2e9 / result.OpsPerSec, result.NsPerOp, 1e-6);
    }

    [Fact]
    public void Results_come_in_the_order_of_the_plan_a_block_at_a_time()
    {
        var plan = BenchmarkPlan.Create(s_short with { Kinds = [s_stack, s_queue], ThreadCounts = [1, 2] });
        var seen = new List<int>();

        foreach (var outcome in Run(new BenchmarkRunner(), plan))
        {
            seen.Add(outcome.Trial.Number);
        }

        Assert.Equal([1, 2, 3, 4], seen);
    }

    [Fact]
    public void The_loop_of_a_pool_that_allocates_nothing_allocates_nothing()
    {
        var result = Assert.Single(Results(s_short with { ThreadCounts = [1] }));

        Assert.Equal(0, result.AllocatedBytes);
    }

    [Fact]
    public void Native_objects_are_rented_and_returned_like_managed_ones()
    {
        var results = Results(s_short with { Kinds = [s_queue, s_stack], ObjectSizes = [100] });

        Assert.All(results, result => Assert.True(result.Hits > 0));
        Assert.All(results, result => Assert.Equal(100, result.ObjectSize));
    }

    [Fact]
    public void A_growing_kind_takes_part_with_objects_that_it_can_make()
    {
        var results = Results(s_short with { Kinds = [PoolKind.From(typeof(NoPool<>))], ObjectSizes = [0, 100] });

        Assert.All(results, result => Assert.True(result.Hits > 0));
    }

    [Fact]
    public void Interrupters_rent_as_well()
    {
        var result = Assert.Single(Results(s_short with
        {
            IterationTime = TimeSpan.FromMilliseconds(10),
            Workloads = [BenchmarkWorkload.Blocking],
            HoldTime = TimeSpan.FromMilliseconds(5),
            InterruptInterval = TimeSpan.FromMilliseconds(1),
        }));

        // The threads themselves come to two or three operations an iteration.
        double ops = result.OpsPerSec * 0.010 * result.IterationCount;
        Assert.True(result.Hits > 1.5 * ops, $"{result.Hits} rents, {ops} of them by threads.");
        Assert.Equal(1, result.InterruptMs);
    }

    [Fact]
    public void A_pool_that_is_closed_while_objects_are_out_ends_when_they_are_back()
    {
        var kinds = PoolKinds.All; // Once: tests beside this one register kinds of their own.
        var results = Results(s_short with { Kinds = kinds, CloseWhileOut = true, Workloads = [BenchmarkWorkload.Bulk] });

        Assert.Equal(kinds.Count, results.Count);
        Assert.All(results, result => Assert.True(result.ClosedWhileOut));
    }

    [Theory]
    [InlineData(typeof(InheritedPool<>))]
    [InlineData(typeof(ExplicitPool<>))]
    public void A_third_partys_pool_is_measured_however_it_implements_the_contract(Type poolType) =>
        Assert.True(Assert.Single(Results(s_short with { Kinds = [PoolKind.From(poolType)] })).Hits > 0);

    [Theory]
    [InlineData(typeof(LoserPool<>), "The pool lost 1 of its")]
    [InlineData(typeof(DoublerPool<>), "while it was out already")]
    [InlineData(typeof(ThrowerPool<>), "The pool is tired.")]
    [InlineData(typeof(CancellerPool<>), "The pool gave up.")]
    [InlineData(typeof(InventorPool<>), "never put into it")]
    [InlineData(typeof(NullPool<>), "handed out null")]
    [InlineData(typeof(UnmakeablePool<>), "This machine is too small.")]
    [InlineData(typeof(EmptyHandedPool<>), "nothing to measure")]
    public void A_pool_that_breaks_is_an_error_with_its_trial_and_the_others_are_measured(Type broken, string message)
    {
        var plan = BenchmarkPlan.Create(s_short with { Kinds = [PoolKind.From(broken), s_queue], ThreadCounts = [1, 2] });

        var outcomes = Run(new BenchmarkRunner(), plan).ToList();

        Assert.Equal([1, 2, 3, 4], outcomes.Select(outcome => outcome.Trial.Number));
        foreach (var outcome in outcomes.Where(outcome => outcome.Trial.Kind != s_queue))
        {
            Assert.Null(outcome.Result);
            Assert.Contains(message, outcome.Error!.Message, StringComparison.Ordinal);
        }

        Assert.All(outcomes.Where(outcome => outcome.Trial.Kind == s_queue), outcome => Assert.NotNull(outcome.Result));
    }

    [Fact]
    public void Cancelling_ends_within_a_second_with_every_thread_gone()
    {
        var plan = BenchmarkPlan.Create(s_short with { IterationTime = TimeSpan.FromMinutes(10) });
        using var cancel = new CancellationTokenSource();
        var progress = new OnReport(report => cancel.CancelAfter(50));

        long started = Stopwatch.GetTimestamp();
        Assert.ThrowsAny<OperationCanceledException>(() => new BenchmarkRunner().Run(plan, progress, cancel.Token).ToList());

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10));
        Assert.True(WorkerThreads.AreGone());
    }

    [Fact]
    public void Cancelling_cuts_a_long_hold_short()
    {
        var plan = BenchmarkPlan.Create(s_short with { Workloads = [BenchmarkWorkload.Blocking], HoldTime = TimeSpan.FromMinutes(10) });
        using var cancel = new CancellationTokenSource();
        var progress = new OnReport(report => cancel.CancelAfter(50));

        Assert.ThrowsAny<OperationCanceledException>(() => new BenchmarkRunner().Run(plan, progress, cancel.Token).ToList());

        Assert.True(WorkerThreads.AreGone());
    }

    [Fact]
    public void Threads_end_with_the_sweep()
    {
        Results(s_short);

        Assert.True(WorkerThreads.AreGone());
    }

    [Fact]
    public void Temporary_files_end_with_the_sweep()
    {
        Results(s_short with { Workloads = [BenchmarkWorkload.Probe], ProbedRoutine = ProbedRoutine.Flock });

        Assert.Empty(Directory.EnumerateFiles(Path.GetTempPath(), "kretpool-*.tmp"));
    }

    [Fact]
    public void Threads_are_pinned_where_the_plan_says_and_the_caller_is_left_alone()
    {
        var before = ThreadAffinity.OfCurrentThread();
        if (before is null)
        {
            Assert.Skip("This system does not pin threads.");
        }

        var result = Assert.Single(Results(s_short with { ThreadCounts = [1], Placements = [PlacementStrategy.Compact] }));

        Assert.Equal(result.Cpus, result.EffectiveCpus);
        Assert.Single(CpuSet.Parse(result.Cpus));
        Assert.Equal(before, ThreadAffinity.OfCurrentThread());
    }

    [Fact]
    public void No_block_is_started_after_the_time_is_over()
    {
        var plan = BenchmarkPlan.Create(s_short with { ThreadCounts = [1, 2], MaxDuration = TimeSpan.FromMilliseconds(1) });
        var runner = new BenchmarkRunner();

        Assert.Single(Run(runner, plan));
        Assert.Equal(1, runner.SkippedBlockCount);
    }

    [Fact]
    public void More_threads_than_CPUs_is_a_warning_in_the_result_and_once_in_the_sweep()
    {
        var plan = BenchmarkPlan.Create(s_short with { Kinds = [s_queue, s_stack], ThreadCounts = [Environment.ProcessorCount + 1] });
        var runner = new BenchmarkRunner();

        var results = Run(runner, plan).Select(outcome => outcome.Result!).ToList();

        Assert.All(results, result => Assert.Contains("more threads", result.Warnings, StringComparison.Ordinal));
        Assert.Single(runner.Warnings, warning => warning.Contains("more threads", StringComparison.Ordinal));
    }

    [Fact]
    public void Latency_needs_a_recorder() =>
        Assert.Throws<InvalidOperationException>(
            () => Run(new BenchmarkRunner(), BenchmarkPlan.Create(s_short with { Latency = true })));

    [Fact]
    public void Latency_is_recorded_once_for_each_operation_of_a_pass_of_its_own()
    {
        var plan = BenchmarkPlan.Create(s_short with { Latency = true });

        var result = Assert.Single(Run(new BenchmarkRunner(() => new ListRecorder()), plan)).Result!;

        Assert.True(result.P50Ns > 0);
        Assert.True(result.P50Ns <= result.P99Ns);
        Assert.True(result.P99Ns <= result.MaxNs);
        Assert.True(result.ClockResolutionNs > 0);
    }

    [Fact]
    public void Progress_runs_from_the_first_trial_to_the_last_and_never_backwards()
    {
        var reports = new List<BenchmarkProgress>();
        var plan = BenchmarkPlan.Create(s_short with { Kinds = [s_queue, s_stack], ThreadCounts = [1, 2] });

        var outcomes = Run(new BenchmarkRunner(), plan, new OnReport(reports.Add)).ToList();

        Assert.Equal(4, outcomes.Count);

        Assert.NotEmpty(reports);
        Assert.Equal(reports.Select(report => report.Percent).Order(), reports.Select(report => report.Percent));
        Assert.All(reports, report => Assert.InRange(report.Percent, 0, 100));
        Assert.All(reports, report => Assert.True(report.Remaining >= TimeSpan.Zero));
    }

    private static IEnumerable<BenchmarkOutcome> Run(
        BenchmarkRunner runner, BenchmarkPlan plan, IProgress<BenchmarkProgress>? progress = null) =>
        runner.Run(plan, progress, TestContext.Current.CancellationToken);

    private static List<PoolBenchmarkResult> Results(BenchmarkOptions options) =>
        [.. Run(new BenchmarkRunner(), BenchmarkPlan.Create(options))
            .Select(outcome => outcome.Result ?? throw new InvalidOperationException($"{outcome.Trial} failed.", outcome.Error))];

    private sealed class OnReport(Action<BenchmarkProgress> action) : IProgress<BenchmarkProgress>
    {
        public void Report(BenchmarkProgress value) => action(value);
    }

    private sealed class ListRecorder : ILatencyRecorder
    {
        private readonly List<long> _latencies = [];

        public double? Maximum => _latencies.Count == 0 ? null : _latencies.Max();

        public void Record(long nanoseconds)
        {
            if (_latencies.Count < 10_000)
            {
                _latencies.Add(nanoseconds);
            }
        }

        public void Add(ILatencyRecorder other) => _latencies.AddRange(((ListRecorder)other)._latencies);

        public void Reset() => _latencies.Clear();

        public double? ValueAtPercentile(double percentile) =>
            _latencies.Count == 0 ? null : _latencies.Order().ElementAt((int)(percentile / 100 * (_latencies.Count - 1)));
    }
}
