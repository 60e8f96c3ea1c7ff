using KretPool.Pools.Lineage;

namespace KretPool.Tests.Pools.Lineage;

public class CircularQueueTests
{
    private const string HeadTaken = "CircularQueue: positions at the head taken";
    private const string TailTaken = "CircularQueue: positions at the tail taken";

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(long.MaxValue - 4)]
    public void Objects_come_out_in_the_order_in_which_they_went_in_also_when_positions_wrap(long firstPosition)
    {
        var pool = new CircularQueuePool<Numbered>(new(LineageScene.Objects(5)), firstPosition);
        for (int round = 0; round < 20; round++)
        {
            var items = pool.Drain();
            Assert.Equal([0, 1, 2, 3, 4], items.Numbers());
            items.ForEach(pool.Return);
        }
    }

    [Fact]
    public void A_bulk_is_one_step_and_keeps_the_order()
    {
        var pool = LineageScene.Pool("CircularQueue", capacity: 5);
        var items = new Numbered[8];

        Assert.Equal(5, pool.Rent(items));
        Assert.Equal([0, 1, 2, 3, 4], items.Take(5).Numbers());
        pool.Return(items.AsSpan(2, 3));
        Assert.Equal([2, 3, 4], pool.Drain().Numbers());
    }

    [Fact]
    public void Objects_behind_a_stopped_return_are_out_of_reach_until_it_runs_on()
    {
        var pool = LineageScene.Pool("CircularQueue", capacity: 2);
        var (first, second) = (pool.Rent(), pool.Rent());
        Thread? behind = null;
        using var behindHasItsPosition = new ManualResetEventSlim();
        bool foundWhileStopped = true;
        LineageScene.AtNext(TailTaken, () =>
        {
            behind = new Thread(() =>
            {
                LineageScene.AtNext(TailTaken, behindHasItsPosition.Set);
                pool.Return(second);
            });
            behind.Start();
            behindHasItsPosition.Wait(TestContext.Current.CancellationToken);
            foundWhileStopped = pool.TryRent(out _);
        });

        pool.Return(first);
        behind!.Join();

        Assert.False(foundWhileStopped);
        Assert.Equal([0, 1], pool.Drain().Numbers());
    }

    [Fact]
    public void A_return_waits_for_a_stopped_rent_rather_than_overwrite_what_it_has_yet_to_read()
    {
        var pool = LineageScene.Pool("CircularQueue", capacity: 2);
        var first = pool.Rent();
        Thread? returning = null;
        LineageScene.AtNext(HeadTaken, () =>
        {
            returning = new Thread(() =>
            {
                pool.Return(first);
                pool.Return(pool.Rent());
            });
            returning.Start();
        });

        var second = pool.Rent();
        returning!.Join();

        Assert.Equal((0, 1), (first.Number, second.Number));
        Assert.Equal([0], pool.Drain().Numbers());
    }

    [Fact]
    public void More_objects_than_there_are_do_not_fit()
    {
        var pool = LineageScene.Pool("CircularQueue", capacity: 4);

        var error = Assert.Throws<InvalidOperationException>(() => pool.Return(new Numbered(5)));

        Assert.Contains("4", error.Message, StringComparison.Ordinal);
        Assert.Equal([0, 1, 2, 3], pool.Drain().Numbers());
    }
}
