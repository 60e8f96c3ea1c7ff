namespace KretPool.Tests.Pools.Lineage;

public class SlotArrayTests
{
    private const string SlotEmptied = "SlotArray: slot emptied, not yet counted";
    private const string Counted = "SlotArray: counted, slot not yet filled";

    [Fact]
    public void An_undisturbed_part_works_as_a_stack()
    {
        var pool = LineageScene.Pool("SlotArray", capacity: 4);
        var all = pool.Drain();
        all.ForEach(pool.Return);

        Assert.Equal(all.AsEnumerable().Reverse(), pool.Drain());
    }

    [Fact]
    public void A_return_finds_room_elsewhere_while_a_stopped_rent_has_yet_to_count_itself_out()
    {
        // One place on each of two CPUs; CPU 0's slot is empty but still counted.
        var pool = LineageScene.Pool("SlotArray", capacity: 2, cpuCount: 2);
        var other = LineageScene.OnCpu(1, pool.Rent);
        LineageScene.AtNext(SlotEmptied, () => LineageScene.OnCpu(0, () => pool.Return(other)));

        var own = LineageScene.OnCpu(0, pool.Rent);
        pool.Return(own);

        Assert.Equal(2, pool.Drain().Count);
    }

    [Fact]
    public void A_rent_misses_an_object_that_is_counted_but_not_there_yet_and_nobody_waits()
    {
        var pool = LineageScene.Pool("SlotArray", capacity: 1);
        var item = pool.Rent();
        bool found = true;
        LineageScene.AtNext(Counted, () => found = pool.TryRent(out _));

        pool.Return(item);

        Assert.False(found);
        Assert.Same(item, pool.Rent());
    }
}
