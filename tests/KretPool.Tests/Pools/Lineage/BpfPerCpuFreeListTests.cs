using KretPool.Pools;

namespace KretPool.Tests.Pools.Lineage;

public class BpfPerCpuFreeListTests
{
    private const string LockTaken = "BpfPerCpuFreeList: lock taken";

    private readonly IObjectPool<Numbered> _pool = LineageScene.Pool("BpfPerCpuFreeList", capacity: 4, cpuCount: 2);

    [Fact]
    public void A_return_that_finds_its_lock_taken_goes_to_the_next_part()
    {
        var all = _pool.Drain();
        LineageScene.AtNext(LockTaken, () => LineageScene.OnCpu(0, () => _pool.Return(all[1])));

        LineageScene.OnCpu(0, () => _pool.Return(all[0]));

        Assert.Same(all[1], LineageScene.OnCpu(1, _pool.Rent));
        Assert.Same(all[0], LineageScene.OnCpu(0, _pool.Rent));
    }

    [Fact]
    public void A_return_that_finds_every_lock_taken_goes_to_the_extra_list_and_comes_out_last()
    {
        var all = _pool.Drain();
        LineageScene.AtNext(LockTaken, () => LineageScene.OnCpu(0, () =>
        {
            LineageScene.AtNext(LockTaken, () => LineageScene.OnCpu(0, () => _pool.Return(all[2])));
            _pool.Return(all[1]);
        }));

        LineageScene.OnCpu(0, () => _pool.Return(all[0]));

        Assert.Equal([all[0], all[1], all[2]], LineageScene.OnCpu(0, _pool.Drain));
    }

    [Fact]
    public void A_rent_passes_by_a_lock_that_is_taken()
    {
        Numbered? meanwhile = null;
        LineageScene.AtNext(LockTaken, () => meanwhile = LineageScene.OnCpu(0, _pool.Rent));

        var own = LineageScene.OnCpu(0, _pool.Rent);

        Assert.Equal((0, 1), (own.Number / 2, meanwhile!.Number / 2));
    }

    [Fact]
    public void A_rent_waits_for_a_taken_lock_rather_than_miss_the_objects_behind_it()
    {
        var held = LineageScene.OnCpu(1, () => new[] { _pool.Rent(), _pool.Rent() });
        Thread? waiting = null;
        Numbered? found = null;
        LineageScene.AtNext(LockTaken, () =>
        {
            waiting = new Thread(() => _pool.TryRent(out found));
            waiting.Start();
        });

        var own = LineageScene.OnCpu(0, _pool.Rent);
        waiting!.Join();

        Assert.Equal([0, 1, 2, 3], held.Append(own).Append(found!).Numbers().Order());
    }
}
