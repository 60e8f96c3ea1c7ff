using KretPool.Pools;
using KretPool.Tests.Pools.Lineage;

namespace KretPool.Tests.Pools;

public class PeerTests
{
    [Theory]
    [InlineData("ConcurrentStack")]
    [InlineData("LockedStack")]
    public void The_object_returned_last_comes_out_first(string kind)
    {
        var pool = LineageScene.Pool(kind, capacity: 3);
        var all = pool.Drain();
        all.ForEach(pool.Return);

        Assert.Equal(all.AsEnumerable().Reverse(), pool.Drain());
        Assert.Equal(PoolOrder.Lifo, PoolKinds.Get(kind).Order);
    }

    [Theory]
    [InlineData("ConcurrentQueue")]
    [InlineData("Channel")]
    public void The_object_returned_first_comes_out_first(string kind)
    {
        var pool = LineageScene.Pool(kind, capacity: 3);
        var all = pool.Drain();
        all.ForEach(pool.Return);

        Assert.Equal(all, pool.Drain());
        Assert.Equal(PoolOrder.Fifo, PoolKinds.Get(kind).Order);
    }

    [Fact]
    public void A_bulk_from_LockedStack_comes_in_the_order_of_single_rents_and_is_all_there_is()
    {
        var pool = LineageScene.Pool("LockedStack", capacity: 3);
        var items = new Numbered[5];

        Assert.Equal(3, pool.Rent(items));
        Assert.Equal([0, 1, 2], items.Take(3).Numbers());
        Assert.Equal(1, ((IPoolMetrics)pool).GetStatistics().Misses);
    }

    [Theory]
    [InlineData("LockedStack")]
    [InlineData("Channel")]
    public void More_objects_than_there_are_do_not_fit(string kind)
    {
        var pool = LineageScene.Pool(kind, capacity: 3);
        pool.Rent();
        pool.Return(new Numbered(7));

        Assert.Throws<InvalidOperationException>(() => pool.Return(new Numbered(8)));
    }

    [Fact]
    public void NoPool_makes_an_object_for_each_rent()
    {
        int made = 0;
        var pool = PoolKinds.Get("NoPool").Create(
            new PoolOptions<Numbered>(LineageScene.Objects(1)) { Factory = () => new Numbered(++made) });

        pool.Return(pool.Rent());
        pool.Return(pool.Rent());

        Assert.Equal(2, made);
    }

    [Fact]
    public void NoPool_without_a_factory_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => LineageScene.Pool("NoPool", capacity: 1));

        Assert.Contains("Factory", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoPool_refuses_native_memory()
    {
        var error = Assert.Throws<ArgumentException>(() => PoolKinds.Get("NoPool").Create(
            new PoolOptions<nint>(new nint[] { 64 }) { Factory = () => 64 }));

        Assert.Contains("native memory", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DefaultObjectPool_grows_with_a_factory_and_misses_without_one()
    {
        PoolKinds.RegisterAll(typeof(KretPool.Peers.DefaultObjectPoolPeer<>).Assembly);
        var options = new PoolOptions<Numbered>(LineageScene.Objects(1));
        var closed = PoolKinds.Get("DefaultObjectPool").Create(options);
        var growing = PoolKinds.Get("DefaultObjectPool").Create(
            new PoolOptions<Numbered>(options.Objects) { Factory = () => new Numbered(5) });

        Assert.Single(closed.Drain());
        Assert.Equal([0, 5], new[] { growing.Rent(), growing.Rent() }.Numbers());
    }
}
