using KretPool.Analysis.Capacity;
using KretPool.Pools;

namespace KretPool.Analysis.Tests;

public sealed class CapacityTests
{
    // From the tables of the formula: 10 erlang on 18 servers lose 0.71 %, on 17 servers 1.29 %.
    [Fact]
    public void The_Erlang_table_comes_out()
    {
        Assert.Equal(0.0071, ErlangB.MissRate(10, 18), 0.00005);
        Assert.Equal(0.0129, ErlangB.MissRate(10, 17), 0.00005);
        Assert.Equal(18, ErlangB.Capacity(10, 0.01));
    }

    [Fact]
    public void Nothing_asked_for_needs_nothing_beyond_one_object()
    {
        Assert.Equal(1, ErlangB.Capacity(0, 0.01));
        Assert.Equal(1, ErlangB.MissRate(5, 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(999)]
    public void Bisection_finds_the_smallest_capacity(int needed)
    {
        var search = new CapacitySearch(capacity => capacity >= needed ? 0 : 0.5, 0.01);

        var found = search.Find(64, 1024);

        Assert.Equal((needed, 0), found);
        Assert.InRange(search.TrialCount, 1, 20);
    }

    [Fact]
    public void A_target_that_the_largest_does_not_meet_is_told() =>
        Assert.Null(new CapacitySearch(_ => 0.5, 0.01).Find(4, 64));

    [Fact]
    public void One_thread_that_returns_at_once_needs_one_object()
    {
        var tried = new List<int>();

        var estimate = CapacityEstimator.Estimate(
            new CapacityOptions { Kind = PoolKinds.Get("FreeList"), ThreadCount = 1, IterationTime = TimeSpan.FromMilliseconds(5), IterationCount = 1 },
            (capacity, _) => tried.Add(capacity),
            TestContext.Current.CancellationToken);

        Assert.Equal(1, estimate.MeasuredCapacity);
        Assert.Equal(tried.Count, estimate.TrialCount);
        Assert.Equal(0.5, estimate.OfferedLoad!.Value, 0.05);
    }

    [Fact]
    public void A_row_that_is_held_needs_as_many_objects_as_it_is_long()
    {
        var estimate = CapacityEstimator.Estimate(
            new CapacityOptions
            {
                Kind = PoolKinds.Get("FreeList"),
                ThreadCount = 1,
                BulkSize = 3,
                HoldTime = TimeSpan.FromMilliseconds(2),
                IterationTime = TimeSpan.FromMilliseconds(20),
                IterationCount = 1,
            },
            cancel: TestContext.Current.CancellationToken);

        Assert.Equal((3, 3), (estimate.MeasuredCapacity, estimate.BulkSize));
        Assert.InRange(estimate.MeasuredHoldMs!.Value, 1.9, double.MaxValue);
        Assert.InRange(estimate.OfferedLoad!.Value, 1, 3.01);
    }
}
