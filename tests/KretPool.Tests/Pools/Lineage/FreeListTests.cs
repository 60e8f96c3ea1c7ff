using KretPool.Pools;

namespace KretPool.Tests.Pools.Lineage;

public class FreeListTests
{
    private const string SuccessorRead = "FreeList: successor read, head not yet swapped";
    private const string NodeReady = "FreeList: node ready, head not yet swapped";

    private readonly IObjectPool<Numbered> _pool = LineageScene.Pool("FreeList", capacity: 3);

    [Fact]
    public void Objects_come_out_in_the_order_given_and_then_the_last_returned_first()
    {
        var all = _pool.Drain();
        _pool.Return(all[1]);
        _pool.Return(all[0]);
        _pool.Return(all[2]);

        Assert.Equal([0, 1, 2], all.Numbers());
        Assert.Equal([2, 0, 1], _pool.Drain().Numbers());
    }

    [Fact]
    public void A_head_that_left_and_came_back_does_not_bring_back_its_old_successor()
    {
        Numbered? stillOut = null;
        LineageScene.AtNext(SuccessorRead, () =>
        {
            // Head 0 with successor 1 has been read. Take both, return only 0: the ABA of a plain stack.
            var first = _pool.Rent();
            stillOut = _pool.Rent();
            _pool.Return(first);
        });

        var interrupted = _pool.Rent();

        Assert.Equal(1, stillOut!.Number);
        Assert.Equal([0, 2], _pool.Drain().Append(interrupted).Numbers().Order());
    }

    [Fact]
    public void An_object_returned_while_a_rent_still_refers_to_it_comes_back_when_that_rent_lets_go()
    {
        int whileReferred = -1;
        LineageScene.AtNext(SuccessorRead, () =>
        {
            _pool.Return(_pool.Rent());
            var others = _pool.Drain();
            whileReferred = others.Count;
            others.ForEach(_pool.Return);
        });

        _pool.Return(_pool.Rent());

        Assert.Equal(2, whileReferred);
        Assert.Equal([0, 1, 2], _pool.Drain().Numbers().Order());
    }

    [Fact]
    public void A_return_that_others_overtake_loses_nothing()
    {
        var late = _pool.Rent();
        LineageScene.AtNext(NodeReady, () => _pool.Drain().ForEach(_pool.Return));

        _pool.Return(late);

        Assert.Equal([0, 1, 2], _pool.Drain().Numbers().Order());
    }
}
