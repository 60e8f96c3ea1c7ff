using KretPool.Pools;
using KretPool.Pools.Lineage;
using KretPool.Tests.Pools.Contract;

namespace KretPool.Tests.Pools.Lineage;

/// <summary>Kinds whose positions count up for ever, started just before the count wraps.</summary>
public class PositionWrapTests
{
    private static readonly Dictionary<string, Func<PoolOptions<TrackedObject>, long, IObjectPool<TrackedObject>>> s_kinds = new()
    {
        ["CircularQueue"] = (options, first) => new CircularQueuePool<TrackedObject>(options, first),
        ["PerCpuRing"] = (options, first) => new PerCpuRingPool<TrackedObject>(options, first),
        ["RingSlot"] = (options, first) => new RingSlotPool<TrackedObject>(options, first),
        ["KernelObjPool"] = (options, first) => new KernelObjPool<TrackedObject>(options, first),
    };

    public static TheoryData<string, long> KindsAndEdges =>
        [.. from kind in s_kinds.Keys from first in new[] { -300, long.MaxValue - 300 } select (kind, first)];

    [Theory]
    [MemberData(nameof(KindsAndEdges))]
    public void No_object_is_out_twice_lost_or_invented_while_positions_wrap(string kind, long firstPosition)
    {
        var ledger = new ObjectLedger(16);
        var pool = s_kinds[kind](new PoolOptions<TrackedObject>(ledger.Objects), firstPosition);

        PoolScenario.Contend(pool, ledger, threadCount: 4, burstCount: 500, limit: 6, seed: 1);

        PoolScenario.ExpectEveryObject(pool, ledger);
    }
}
