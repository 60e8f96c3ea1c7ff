using KretPool.Placement;
using KretPool.Tests.Topology;
using KretPool.Topology;

namespace KretPool.Tests.Placement;

public sealed class CpuPlacementTests
{
    // Two packages, each a node of two cores of two CPUs: cores 0,4 1,5 | 2,6 3,7.
    private static readonly CpuTopology s_dual = FakeMachine.Of(2, 2, 2)
        .AddNode(0, "0-1,4-5", 1024, "10 21").AddNode(1, "2-3,6-7", 1024, "21 10").Read();

    [Theory]
    [InlineData(PlacementStrategy.Compact, "0,4,1,5,2,6,3,7")]
    [InlineData(PlacementStrategy.Scatter, "0,2,1,3,4,6,5,7")]
    [InlineData(PlacementStrategy.OnePerCore, "0,1,2,3")]
    [InlineData(PlacementStrategy.PerNode, "0,2,1,3,4,6,5,7")]
    public void Each_strategy_takes_cpus_in_its_order(PlacementStrategy strategy, string order)
    {
        int all = CpuPlacement.MaxThreads(s_dual, strategy);

        Assert.Equal(order, string.Join(',', CpuPlacement.Choose(s_dual, strategy, all)));
        Assert.Equal(order[..3], string.Join(',', CpuPlacement.Choose(s_dual, strategy, 2)));
    }

    [Fact]
    public void Scatter_goes_round_the_caches_of_a_package_as_well()
    {
        // One package, two last-level caches: 0-1 and 2-3.
        var machine = FakeMachine.Of(1, 4);
        foreach (int cpu in (int[])[0, 1, 2, 3])
        {
            machine.AddCache(cpu, 3, 3, "Unified", "16384K", cpu < 2 ? [0, 1] : [2, 3]);
        }

        Assert.Equal([0, 2, 1, 3], CpuPlacement.Choose(machine.Read(), PlacementStrategy.Scatter, 4));
    }

    [Fact]
    public void Performance_cores_are_taken_before_efficient_ones()
    {
        var hybrid = FakeMachine.Of(1, 4).Set("sys/devices/cpu_core/cpus", "2-3").Set("sys/devices/cpu_atom/cpus", "0-1").Read();

        Assert.Equal([2, 3, 0, 1], CpuPlacement.Choose(hybrid, PlacementStrategy.OnePerCore, 4));
    }

    [Fact]
    public void Per_node_takes_nodes_in_turn_also_where_they_are_unequal()
    {
        var uneven = FakeMachine.Of(1, 6).AddNode(0, "0-3", 1024, "10 20").AddNode(5, "4-5", 1024, "20 10").Read();

        Assert.Equal([0, 4, 1, 5, 2, 3], CpuPlacement.Choose(uneven, PlacementStrategy.PerNode, 6));
    }

    [Fact]
    public void Cpus_that_cannot_be_used_are_not_chosen()
    {
        var limited = FakeMachine.Of(1, 4).Set("proc/self/status", "Cpus_allowed: a").Read();

        Assert.Equal([1, 3], CpuPlacement.Choose(limited, PlacementStrategy.Compact, 2));
    }

    [Fact]
    public void A_choice_can_be_limited_to_some_cpus() =>
        Assert.Equal([2, 6], CpuPlacement.Choose(s_dual, PlacementStrategy.Compact, 2, CpuSet.Parse("2,6-7")));

    [Fact]
    public void Too_many_threads_are_an_error_that_says_how_many_there_is_room_for()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => CpuPlacement.Choose(s_dual, PlacementStrategy.OnePerCore, 5));

        Assert.Contains("OnePerCore has room for 4", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => CpuPlacement.Choose(s_dual, PlacementStrategy.Compact, 0));
    }

    [Fact]
    public void None_pins_nothing_and_has_room_for_any_number()
    {
        Assert.Empty(CpuPlacement.Choose(s_dual, PlacementStrategy.None, 1000));
        Assert.Equal(int.MaxValue, CpuPlacement.MaxThreads(s_dual, PlacementStrategy.None));
    }

    [Fact]
    public void An_explicit_list_keeps_its_order_and_may_name_isolated_cpus()
    {
        var isolated = FakeMachine.Of(1, 4).Set("sys/devices/system/cpu/isolated", "3").Set("proc/self/status", "Cpus_allowed: 7").Read();

        Assert.Equal([3, 0], CpuPlacement.Explicit(isolated, [3, 0, 1], 2));
    }

    [Fact]
    public void An_explicit_list_with_a_cpu_that_no_thread_can_run_on_says_why()
    {
        var machine = FakeMachine.Of(1, 4).Set("sys/devices/system/cpu/online", "0-2").Read();

        Assert.Contains("CPU 3: it is offline", Assert.Throws<ArgumentException>(() => CpuPlacement.Explicit(machine, [0, 3], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("no CPU 9", Assert.Throws<ArgumentException>(() => CpuPlacement.Explicit(machine, [9], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("1 twice", Assert.Throws<ArgumentException>(() => CpuPlacement.Explicit(machine, [1, 1], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("names 2", Assert.Throws<ArgumentOutOfRangeException>(() => CpuPlacement.Explicit(machine, [0, 1], 3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_that_tells_nothing_but_its_cpus_has_a_core_a_cpu()
    {
        var bare = new FakeMachine { ["sys/devices/system/cpu/online"] = "0-2" }.Read();

        Assert.All(
            [PlacementStrategy.Compact, PlacementStrategy.Scatter, PlacementStrategy.OnePerCore, PlacementStrategy.PerNode],
            strategy => Assert.Equal([0, 1, 2], CpuPlacement.Choose(bare, strategy, 3)));
    }

    [Theory]
    [InlineData("20em64t-hybrid-1p6c2t+2ca4co1t", PlacementStrategy.Compact, "0,1,2,3,4,5,6,7")]
    [InlineData("20em64t-hybrid-1p6c2t+2ca4co1t", PlacementStrategy.Scatter, "0,2,4,6,8,10,12,13")]
    [InlineData("20em64t-hybrid-1p6c2t+2ca4co1t", PlacementStrategy.OnePerCore, "0,2,4,6,8,10,12,13,14,15,16,17,18,19")]
    [InlineData("32amd64-4s2n4c-cgroup2", PlacementStrategy.Scatter, "0,4,1,5,2,3")]
    [InlineData("32amd64-4s2n4c-cgroup2", PlacementStrategy.Compact, "0,1,2,3,4,5")]
    [InlineData("16amd64-8n2c-cpusets", PlacementStrategy.PerNode, "0,2,5,6,12,14,1,3,13,15")]
    [InlineData("16amd64-8n2c-cpusets", PlacementStrategy.Compact, "0,1,2,3,5,6,12,13,14,15")]
    [InlineData("fakememinitiators-1np2c+1npp+gi", PlacementStrategy.Scatter, "0,2,4,6,1,3,5,7")]
    [InlineData("s390-lpar", PlacementStrategy.OnePerCore, "1,2,3,4,5,8,9,10,11,12,13,14,15,16,17,18,19")]
    [InlineData("s390-lpar", PlacementStrategy.Scatter, "1,3,8,11,15,16,19,2,4,9,12,17,5,10,13,18,14")]
    public void On_captured_machines_these_cpus_are_chosen(string machine, PlacementStrategy strategy, string order)
    {
        var topology = TopologyReader.ReadCapture(SharedFolder.Require("topology", machine + ".tar.gz"));

        Assert.Equal(order, string.Join(',', CpuPlacement.Choose(topology, strategy, order.Split(',').Length)));
    }
}
