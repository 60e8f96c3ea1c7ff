using KretPool.Benchmark;
using KretPool.Placement;
using KretPool.Pools;
using KretPool.Pools.Peers;
using KretPool.Topology;

namespace KretPool.Tests.Benchmark;

public class BenchmarkPlanTests
{
    private static readonly PoolKind s_bag = PoolKind.From(typeof(ConcurrentBagPool<>));
    private static readonly PoolKind s_queue = PoolKind.From(typeof(ConcurrentQueuePool<>));

    // Four CPUs on two nodes, CPU 3 offline; node 2 is memory alone, node 3 has CPUs and no memory.
    private static readonly CpuTopology s_machine = new()
    {
        PresentCpus = "0-4",
        OnlineCpus = "0-2,4",
        AllowedCpus = "0-2,4",
        Cpus =
        [
            new LogicalCpu(0, 0, 0, null, 0, CpuState.Usable, null),
            new LogicalCpu(1, 1, 0, null, 0, CpuState.Usable, null),
            new LogicalCpu(2, 2, 0, null, 1, CpuState.Usable, null),
            new LogicalCpu(3, 3, 0, null, 1, CpuState.Offline, "offline"),
            new LogicalCpu(4, 4, 0, null, 3, CpuState.Usable, null),
        ],
        Nodes =
        [
            new NumaNode(0, "0-1", 1 << 30, null, new Dictionary<int, int>()),
            new NumaNode(1, "2", 1 << 30, null, new Dictionary<int, int>()),
            new NumaNode(2, "", 1 << 30, null, new Dictionary<int, int>()),
            new NumaNode(3, "4", 0, null, new Dictionary<int, int>()),
        ],
    };

    [Fact]
    public void Lists_are_multiplied_out_with_the_thread_count_changing_fastest_and_kinds_together()
    {
        var plan = Plan(new() { Kinds = [s_bag, s_queue], ThreadCounts = [2, 1], Capacities = [8, 16] });

        Assert.Equal(
            ["8 2", "8 1", "16 2", "16 1"],
            plan.Blocks.Select(block => $"{block.Conditions.Capacity} {block.Conditions.ThreadCount}"));
        Assert.All(plan.Blocks, block => Assert.Equal([s_bag, s_queue], block.Trials.Select(trial => trial.Kind)));
        Assert.Equal(Enumerable.Range(1, 8), plan.Blocks.SelectMany(block => block.Trials).Select(trial => trial.Number));
    }

    [Fact]
    public void Without_thread_counts_they_double_up_to_all_CPUs() =>
        Assert.Equal([1, 2, 4], Threads(new() { Kinds = [s_bag] }));

    [Fact]
    public void Without_thread_counts_the_number_of_CPUs_is_measured_even_if_it_is_no_power_of_two() =>
        Assert.Equal([1, 2, 3], Threads(new() { Kinds = [s_bag], CpuSets = [CpuSet.Parse("0-2")] }));

    [Fact]
    public void Each_thread_gets_a_CPU_of_the_node_asked_for()
    {
        var plan = Plan(new() { Kinds = [s_bag], NodeSets = [CpuSet.Parse("1"), CpuSet.Parse("0-1")] });

        Assert.Equal(["2", "0", "0-1", "0-2"], plan.Blocks.Select(block => block.Conditions.Cpus.ToString()));
    }

    [Fact]
    public void Threads_that_are_not_pinned_are_kept_to_the_CPUs_named()
    {
        var conditions = Assert.Single(Plan(new()
        {
            Kinds = [s_bag],
            ThreadCounts = [5],
            Placements = [PlacementStrategy.None],
            CpuSets = [CpuSet.Parse("0,2")],
        }).Blocks).Conditions;

        Assert.All(conditions.ThreadCpus, cpus => Assert.Equal("0,2", cpus!.ToString()));
    }

    [Fact]
    public void The_default_capacity_is_eight_for_each_CPU_times_the_bulk_size()
    {
        Assert.Equal(32, Single(new() { Kinds = [s_bag], ThreadCounts = [1] }).Capacity);
        Assert.Equal(
            4 * 8 * 16,
            Single(new() { Kinds = [s_bag], ThreadCounts = [1], Workloads = [BenchmarkWorkload.Bulk], BulkSizes = [16] }).Capacity);
    }

    [Fact]
    public void Miss_has_a_quarter_of_the_objects_that_the_threads_try_to_hold() =>
        Assert.Equal(4, Single(new() { Kinds = [s_bag], ThreadCounts = [2], Workloads = [BenchmarkWorkload.Miss] }).Capacity);

    [Fact]
    public void A_bulk_size_is_swept_only_for_the_workloads_that_have_one()
    {
        var plan = Plan(new()
        {
            Kinds = [s_bag],
            ThreadCounts = [1],
            Workloads = [BenchmarkWorkload.NonBlocking, BenchmarkWorkload.Bulk, BenchmarkWorkload.Blocking],
            BulkSizes = [2, 4],
        });

        Assert.Equal([1, 2, 4, 2, 4], plan.Blocks.Select(block => block.Conditions.BulkSize));
    }

    [Fact]
    public void A_memory_policy_brings_objects_that_have_memory_to_place() =>
        Assert.Equal(64, Single(new() { Kinds = [s_bag], ThreadCounts = [1], MemoryPolicies = [MemoryPolicy.Local] }).ObjectSize);

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(5)]
    public void A_thread_count_that_the_placement_does_not_allow_says_how_many_it_does(int count)
    {
        var error = Refuses("ThreadCount", new() { Kinds = [s_bag], ThreadCounts = [count] });

        Assert.Contains($"A thread count of {count} is not possible. Placement Compact allows from 1 to 4", error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData((1 << 24) + 1)]
    public void A_capacity_out_of_range_is_refused(int capacity) =>
        Refuses("Capacity", new() { Kinds = [s_bag], Capacities = [capacity] });

    [Fact]
    public void No_kind_is_refused() => Refuses("Kind", new());

    [Fact]
    public void An_option_that_no_workload_looks_at_is_refused()
    {
        Refuses("HoldTime", new() { Kinds = [s_bag], HoldTime = TimeSpan.FromMilliseconds(1) });
        Refuses("BulkSize", new() { Kinds = [s_bag], BulkSizes = [4] });
        Refuses("ProbedRoutine", new() { Kinds = [s_bag], ProbedRoutine = ProbedRoutine.Read });
    }

    [Fact]
    public void A_memory_policy_for_objects_without_memory_is_refused() =>
        Refuses("ObjectSize", new() { Kinds = [s_bag], ObjectSizes = [0], MemoryPolicies = [MemoryPolicy.Interleave] });

    [Theory]
    [InlineData("7", "There is no NUMA node 7. Nodes of this machine: 0-3.")]
    [InlineData("2", "NUMA node 2 has memory and no CPU")]
    public void A_node_that_threads_cannot_run_on_is_refused_with_the_reason(string node, string reason) =>
        Assert.Contains(
            reason,
            Refuses("NumaNode", new() { Kinds = [s_bag], NodeSets = [CpuSet.Parse(node)] }).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(9, "There is no NUMA node 9")]
    [InlineData(3, "NUMA node 3 has no memory")]
    public void A_node_that_memory_cannot_come_from_is_refused_with_the_reason(int node, string reason) =>
        Assert.Contains(
            reason,
            Refuses("MemoryPolicy", new() { Kinds = [s_bag], MemoryPolicies = [MemoryPolicy.OnNode(node)] }).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("3", "it is offline")]
    [InlineData("8", "this machine has no such CPU")]
    public void A_CPU_that_cannot_be_used_is_refused_with_the_reason(string cpu, string reason) =>
        Assert.Contains(
            reason, Refuses("Cpu", new() { Kinds = [s_bag], CpuSets = [CpuSet.Parse(cpu)] }).Message, StringComparison.Ordinal);

    [Fact]
    public void CPUs_that_are_not_on_the_node_are_refused() =>
        Refuses("Cpu", new() { Kinds = [s_bag], NodeSets = [CpuSet.Parse("0")], CpuSets = [CpuSet.Parse("2")] });

    [Fact]
    public void The_kernels_test_has_ten_cases() =>
        Assert.Equal(
            10, BenchmarkPlan.Create(BenchmarkSuites.Sweeps(BenchmarkSuite.KernelTest, new() { Kinds = [s_bag] }, s_machine), s_machine).Blocks.Count);

    [Fact]
    public void The_published_suite_goes_as_far_as_the_machine_goes()
    {
        var plan = BenchmarkPlan.Create(BenchmarkSuites.Sweeps(BenchmarkSuite.Published, new() { Kinds = [s_bag] }, s_machine), s_machine);

        Assert.Equal([1, 2, 4], plan.Blocks.Select(block => block.Conditions.ThreadCount).Distinct());
        Assert.Equal([1, 8, 16], plan.Blocks.Select(block => block.Conditions.BulkSize).Distinct());
        Assert.Equal([96, 128, 192, 256, 384, 1536], plan.Blocks.Select(block => block.Conditions.Capacity).Distinct());
        Assert.Equal(plan.Blocks.Count / 2, plan.Blocks.Count(block => block.Conditions.InterruptInterval is not null));
    }

    [Theory]
    [InlineData(BenchmarkSuite.Published)]
    [InlineData(BenchmarkSuite.KernelTest)]
    public void A_suite_goes_as_far_as_the_CPUs_go_that_are_named(BenchmarkSuite suite)
    {
        var options = new BenchmarkOptions { Kinds = [s_bag], CpuSets = [CpuSet.Parse("0")] };

        var plan = BenchmarkPlan.Create(BenchmarkSuites.Sweeps(suite, options, s_machine), s_machine);

        Assert.Equal([1], plan.Blocks.Select(block => block.Conditions.ThreadCount).Distinct());
    }

    [Fact]
    public void The_expected_time_counts_a_hold_that_is_longer_than_an_iteration()
    {
        var plan = Plan(new()
        {
            Kinds = [s_bag],
            ThreadCounts = [1],
            Workloads = [BenchmarkWorkload.Blocking],
            HoldTime = TimeSpan.FromSeconds(2),
            IterationCount = 10,
        });

        // Of the pool and of the loop without one.
        Assert.InRange(plan.ExpectedTime.TotalSeconds, 40, 45);
    }

    [Fact]
    public void The_expected_time_grows_with_every_iteration_of_every_kind()
    {
        var one = Plan(new() { Kinds = [s_bag], ThreadCounts = [1], IterationCount = 10 });
        var two = Plan(new() { Kinds = [s_bag, s_queue], ThreadCounts = [1], IterationCount = 10 });

        Assert.True(two.ExpectedTime - one.ExpectedTime >= 10 * new BenchmarkOptions().IterationTime);
    }

    [Fact]
    public void Part_of_a_plan_keeps_its_numbers()
    {
        var part = Plan(new() { Kinds = [s_bag], ThreadCounts = [1, 2, 4] }).Where(block => block.Number != 2);

        Assert.Equal([1, 3], part.Blocks.Select(block => block.Number));
    }

    private static BenchmarkPlan Plan(BenchmarkOptions options) => BenchmarkPlan.Create(options, s_machine);

    private static IEnumerable<int> Threads(BenchmarkOptions options) =>
        Plan(options).Blocks.Select(block => block.Conditions.ThreadCount);

    private static BenchmarkConditions Single(BenchmarkOptions options) => Assert.Single(Plan(options).Blocks).Conditions;

    private static BenchmarkOptionException Refuses(string option, BenchmarkOptions options)
    {
        var error = Assert.Throws<BenchmarkOptionException>(() => Plan(options));
        Assert.Equal(option, error.Option);
        return error;
    }
}
