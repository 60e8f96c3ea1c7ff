using KretPool.Benchmark;
using KretPool.Placement;
using KretPool.Pools;
using KretPool.Pools.Peers;
using KretPool.Results;

namespace KretPool.Tests.Benchmark;

public class SweepResumptionTests
{
    private static readonly PoolKind s_queue = PoolKind.From(typeof(ConcurrentQueuePool<>));
    private static readonly PoolKind s_stack = PoolKind.From(typeof(LockedStackPool<>));
    private static readonly BenchmarkOptions s_options = new()
    {
        Kinds = [s_queue, s_stack],
        ThreadCounts = [1, 2],
        Workloads = [BenchmarkWorkload.NonBlocking, BenchmarkWorkload.Blocking, BenchmarkWorkload.Probe],
        HoldTime = TimeSpan.FromMilliseconds(0.7),
        InterruptInterval = TimeSpan.FromMilliseconds(1.3),
        Placements = [PlacementStrategy.None],
        IterationTime = TimeSpan.FromMilliseconds(2),
        WarmupTime = TimeSpan.Zero,
        IterationCount = 1,
    };

    private static readonly BenchmarkOptions s_oneBlock = s_options with
    {
        ThreadCounts = [1],
        Workloads = [BenchmarkWorkload.NonBlocking],
        HoldTime = null,
    };

    [Fact]
    public void A_sweep_that_was_complete_has_nothing_left()
    {
        PoolBenchmarkResult[] all = Measure(s_options);

        Assert.Equal(12, all.Length);
        Assert.Empty(Left(s_options, all));
    }

    [Fact]
    public void Blocks_that_are_complete_are_left_out_and_one_that_is_not_is_measured_as_a_whole()
    {
        PoolBenchmarkResult[] all = Measure(s_options);

        Assert.Equal([4, 5, 6], Left(s_options, all[..7]).Select(block => block.Number));
        Assert.All(Left(s_options, all[..7]), block => Assert.Equal(2, block.Trials.Count));
    }

    [Fact]
    public void Without_results_everything_is_left() => Assert.Equal(6, Left(s_options, []).Count);

    [Fact]
    public void Results_under_other_conditions_do_not_count()
    {
        PoolBenchmarkResult[] all = Measure(s_oneBlock);

        Assert.Empty(Left(s_oneBlock, all));
        Assert.Single(Left(s_oneBlock with { IterationTime = TimeSpan.FromMilliseconds(3) }, all));
        Assert.Single(Left(s_oneBlock with { IterationCount = 2 }, all));
        Assert.Single(Left(s_oneBlock with { Capacities = [99] }, all));
        Assert.Single(Left(s_oneBlock with { InterruptInterval = null }, all));
        Assert.Single(Left(s_oneBlock with { Latency = true }, all));
        Assert.Single(Left(s_oneBlock with { Kinds = [s_queue, s_stack, PoolKind.From(typeof(ConcurrentBagPool<>))] }, all));
    }

    [Theory]
    [InlineData(nameof(PoolBenchmarkResult.HostName), "host")]
    [InlineData(nameof(PoolBenchmarkResult.TopologyDigest), "topology")]
    [InlineData(nameof(PoolBenchmarkResult.Kernel), "kernel")]
    [InlineData(nameof(PoolBenchmarkResult.Runtime), "runtime")]
    [InlineData(nameof(PoolBenchmarkResult.ModuleVersion), "module version")]
    public void A_sweep_does_not_go_on_where_it_could_not_be_compared(string column, string named)
    {
        PoolBenchmarkResult[] all = Measure(s_oneBlock);
        typeof(PoolBenchmarkResult).GetProperty(column)!.SetValue(all[1], "another");

        var error = Assert.Throws<BenchmarkOptionException>(() => Left(s_oneBlock, all));

        Assert.Equal("Resume", error.Option);
        Assert.Contains($"its {named} was 'another'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_of_two_sweeps_are_refused()
    {
        PoolBenchmarkResult[] two = [new() { RunId = Guid.NewGuid() }, new() { RunId = Guid.NewGuid() }];

        Assert.Equal(two[0].RunId, SweepResumption.RunIdOf(two[..1]));
        Assert.Null(SweepResumption.RunIdOf([]));
        Assert.Contains(
            "belong to 2 sweeps", Assert.Throws<BenchmarkOptionException>(() => SweepResumption.RunIdOf(two)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_runner_gives_its_run_the_id_that_it_was_told()
    {
        var id = Guid.NewGuid();

        var outcomes = new BenchmarkRunner { RunId = id }.Run(BenchmarkPlan.Create(s_oneBlock), null, TestContext.Current.CancellationToken);

        Assert.All(outcomes, outcome => Assert.Equal(id, outcome.Result!.RunId));
    }

    private static IReadOnlyList<BenchmarkBlock> Left(BenchmarkOptions options, IReadOnlyCollection<PoolBenchmarkResult> results) =>
        SweepResumption.Remaining(BenchmarkPlan.Create(options), results).Blocks;

    private static PoolBenchmarkResult[] Measure(BenchmarkOptions options) =>
        [.. new BenchmarkRunner().Run(BenchmarkPlan.Create(options), null, TestContext.Current.CancellationToken)
            .Select(outcome => outcome.Result!)];
}
