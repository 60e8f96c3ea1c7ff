using KretPool.Pools;

namespace KretPool.Tests.Pools.Lineage;

/// <summary>What the kinds with a part for each CPU promise about parts.</summary>
public class CpuPartTests
{
    public static TheoryData<string> KindsThatSearchUpwards =>
        ["PerCpuFreeList", "BpfPerCpuFreeList", "PerCpuRing", "RingSlot", "KernelObjPool"];

    public static TheoryData<string> KindsWithParts => [.. KindsThatSearchUpwards.Select(row => row.Data), "SlotArray"];

    public static TheoryData<string> KindsThatPlaceByNode => ["RingSlot", "SlotArray", "KernelObjPool"];

    [Theory]
    [MemberData(nameof(KindsThatSearchUpwards))]
    public void A_rent_looks_in_its_own_part_and_then_in_the_next_ones(string kind)
    {
        var pool = LineageScene.Pool(kind, capacity: 8, cpuCount: 4);

        // Two objects a part, in the order of the parts.
        int[] parts = [.. LineageScene.OnCpu(2, pool.Drain).Select(item => item.Number / 2)];

        Assert.Equal([2, 2, 3, 3, 0, 0, 1, 1], parts);
    }

    [Theory]
    [InlineData(0, new[] { 0, 1, 2, 3 })]
    [InlineData(1, new[] { 1, 0, 3, 2 })]
    [InlineData(2, new[] { 2, 3, 0, 1 })]
    [InlineData(3, new[] { 3, 2, 1, 0 })]
    public void SlotArray_searches_upwards_from_even_CPUs_and_downwards_from_odd_ones(int cpu, int[] expected)
    {
        var pool = LineageScene.Pool("SlotArray", capacity: 4, cpuCount: 4);

        Assert.Equal(expected, LineageScene.OnCpu(cpu, pool.Drain).Numbers());
    }

    [Theory]
    [MemberData(nameof(KindsWithParts))]
    public void A_return_goes_to_the_part_of_the_CPU_that_returns(string kind)
    {
        var pool = LineageScene.Pool(kind, capacity: 8, cpuCount: 4);
        var item = LineageScene.OnCpu(1, pool.Rent);
        LineageScene.OnCpu(3, pool.Drain);

        LineageScene.OnCpu(3, () => pool.Return(item));
        long? before = ((IPoolMetrics)pool).GetStatistics().Steals;
        var again = LineageScene.OnCpu(3, pool.Rent);

        Assert.Same(item, again);
        Assert.Equal(before, ((IPoolMetrics)pool).GetStatistics().Steals);
    }

    [Theory]
    [MemberData(nameof(KindsWithParts))]
    public void Steals_and_misses_are_counted(string kind)
    {
        var pool = LineageScene.Pool(kind, capacity: 8, cpuCount: 4);

        LineageScene.OnCpu(0, pool.Drain);

        var counted = ((IPoolMetrics)pool).GetStatistics();
        Assert.Equal((6L, 1L), (counted.Steals, counted.Misses));
    }

    [Theory]
    [MemberData(nameof(LineageScene.Kinds), MemberType = typeof(LineageScene))]
    public void No_object_is_stranded_on_the_CPU_that_returned_it(string kind)
    {
        var pool = LineageScene.Pool(kind, capacity: 10, cpuCount: 4);
        foreach (int returning in new[] { 0, 3, 1 })
        {
            LineageScene.OnCpu(returning, () => pool.Drain().ForEach(pool.Return));
            foreach (int renting in new[] { 1, 2, 3, 0, 77 })
            {
                var items = LineageScene.OnCpu(renting, pool.Drain);
                Assert.Equal(Enumerable.Range(0, 10), items.Numbers().Order());
                LineageScene.OnCpu(returning, () => items.ForEach(pool.Return));
            }
        }

        Assert.False(PoolKinds.Get(kind).CanStrand);
    }

    [Theory]
    [InlineData("RingSlot", 1, 6)]
    [InlineData("RingSlot", 0.5, 3)]
    [InlineData("RingSlot", 0, 0)]
    [InlineData("SlotArray", 1, 6)]
    [InlineData("SlotArray", 0.5, 3)]
    [InlineData("SlotArray", 0, 0)]
    public void Balance_says_how_much_one_CPU_may_hold(string kind, double balance, int expectedElsewhere)
    {
        var pool = LineageScene.Pool(kind, capacity: 8, cpuCount: 4, balance);
        var all = pool.Drain();
        long stolen = Steals();

        LineageScene.OnCpu(0, () => all.ForEach(pool.Return));
        LineageScene.OnCpu(0, pool.Drain);

        Assert.Equal(expectedElsewhere, Steals() - stolen);

        long Steals() => ((IPoolMetrics)pool).GetStatistics().Steals!.Value;
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_balance_outside_its_range_is_refused(double balance)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => new PoolOptions<Numbered>(LineageScene.Objects(1)) { Balance = balance });

        Assert.Contains("from 0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(KindsThatPlaceByNode))]
    public void An_object_begins_with_a_CPU_of_the_node_that_holds_it(string kind)
    {
        // Odd objects live on node 1, which has CPUs 2 and 3.
        var pool = PoolOnNodes(kind, item => item.Number % 2);

        var onNode1 = LineageScene.OnCpu(2, () => new[] { pool.Rent(), pool.Rent() });
        var onNode0 = LineageScene.OnCpu(1, () => new[] { pool.Rent(), pool.Rent() });

        Assert.All(onNode1, item => Assert.Equal(1, item.Number % 2));
        Assert.All(onNode0, item => Assert.Equal(0, item.Number % 2));
        Assert.True(PoolKinds.Get(kind).NumaAware);
    }

    [Theory]
    [MemberData(nameof(KindsThatPlaceByNode))]
    public void Objects_on_an_unknown_node_or_all_on_one_come_out_too(string kind)
    {
        Assert.Equal(8, PoolOnNodes(kind, _ => -1).Drain().Count);
        Assert.Equal(8, PoolOnNodes(kind, _ => 7).Drain().Count);
        Assert.Equal(8, PoolOnNodes(kind, _ => 1).Drain().Count);
    }

    private static IObjectPool<Numbered> PoolOnNodes(string kind, Func<Numbered, int> nodeOf) =>
        PoolKinds.Get(kind).Create(new PoolOptions<Numbered>(LineageScene.Objects(8))
        {
            Topology = LineageScene.Machine(cpuCount: 4, nodeCount: 2),
            NodeOf = nodeOf,
        });
}
