using KretPool.Pools.Lineage;

namespace KretPool.Tests.Pools.Lineage;

public class SequencedRingTests
{
    private const string ObjectRead = "Ring: object read, head not yet moved";
    private const string PositionTaken = "Ring: position taken, object not yet written";

    /// <summary>Where positions begin: at the start, and so that they wrap in the middle of a test.</summary>
    public static TheoryData<long> FirstPositions => [0, -5, long.MaxValue - 4, long.MinValue];

    [Theory]
    [MemberData(nameof(FirstPositions))]
    public void Objects_come_out_first_in_first_out_also_when_positions_wrap(long firstPosition)
    {
        var ring = new SequencedRing<nint>(room: 4, firstPosition);
        nint pushed = 0;
        nint popped = 0;
        for (int round = 0; round < 20; round++)
        {
            for (int i = 0; i < 3; i++)
            {
                Assert.True(ring.TryPush(++pushed));
            }

            for (int i = 0; i < 3; i++)
            {
                Assert.True(ring.TryPop(out nint item));
                Assert.Equal(++popped, item);
            }

            Assert.False(ring.TryPop(out _));
        }
    }

    [Theory]
    [MemberData(nameof(FirstPositions))]
    public void A_full_ring_refuses_and_has_room_again_after_a_pop(long firstPosition)
    {
        var ring = new SequencedRing<nint>(room: 3, firstPosition);
        for (nint item = 1; item <= 3; item++)
        {
            Assert.True(ring.TryPush(item));
        }

        Assert.False(ring.TryPush(4));
        Assert.True(ring.TryPop(out _));
        Assert.True(ring.TryPush(4));
    }

    [Theory]
    [MemberData(nameof(FirstPositions))]
    public void A_new_ring_is_empty(long firstPosition) =>
        Assert.False(new SequencedRing<nint>(room: 8, firstPosition).TryPop(out _));

    [Theory]
    [MemberData(nameof(FirstPositions))]
    public void A_stopped_push_hides_its_object_and_those_behind_it_and_nobody_waits(long firstPosition)
    {
        var ring = new SequencedRing<nint>(room: 4, firstPosition);
        bool foundEarly = true;
        LineageScene.AtNext(PositionTaken, () =>
        {
            ring.Push(2);
            foundEarly = ring.TryPop(out _);
        });

        ring.Push(1);

        Assert.False(foundEarly);
        Assert.True(ring.TryPop(out nint first));
        Assert.True(ring.TryPop(out nint second));
        Assert.Equal((1, 2), (first, second));
    }

    [Theory]
    [MemberData(nameof(FirstPositions))]
    public void A_pop_that_is_overtaken_gets_another_object_even_if_its_entry_has_been_used_again(long firstPosition)
    {
        var ring = new SequencedRing<nint>(room: 2, firstPosition);
        ring.Push(1);
        ring.Push(2);
        nint overtaking = 0;
        LineageScene.AtNext(ObjectRead, () =>
        {
            Assert.True(ring.TryPop(out overtaking));
            ring.Push(3);
        });

        Assert.True(ring.TryPop(out nint overtaken));

        Assert.Equal((1, 2), (overtaking, overtaken));
        Assert.True(ring.TryPop(out nint last));
        Assert.Equal(3, last);
    }
}
