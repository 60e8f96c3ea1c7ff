using KretPool.Pools;
using KretPool.Tests.Pools.Contract;

namespace KretPool.Tests.Pools.Lineage;

/// <summary>Threads that lose their CPU at the worst places, and wake up on another one.</summary>
public class PreemptionTests
{
    private const int CpuCount = 3;

    [Theory]
    [MemberData(nameof(LineageScene.Kinds), MemberType = typeof(LineageScene))]
    public void No_object_is_out_twice_lost_or_invented_when_threads_are_stopped_and_moved_inside(string kind)
    {
        int seed = Random.Shared.Next();
        var ledger = new ObjectLedger(12);
        var pool = PoolKinds.Get(kind).Create(
            new PoolOptions<TrackedObject>(ledger.Objects) { Topology = LineageScene.Machine(CpuCount) });
        try
        {
            PoolScenario.RunThreads(6, owner =>
            {
                var random = new Random(seed + owner);
                PreemptionPoint.OnThisThread = _ =>
                {
                    if (random.Next(3) == 0)
                    {
                        Thread.Yield();
                        CpuParts.PretendCpu(random.Next(CpuCount));
                    }

                    return true;
                };
                var user = new PoolUser<TrackedObject>(pool, ledger, owner, seed, limit: 4);
                for (int i = 0; i < 400; i++)
                {
                    CpuParts.PretendCpu(random.Next(CpuCount));
                    user.Burst();
                }

                user.ReturnAll();
            });
            PoolScenario.ExpectEveryObject(pool, ledger);
        }
        catch (LedgerException e)
        {
            Assert.Fail($"{kind}, seed {seed}: {e.Message}");
        }
    }
}
