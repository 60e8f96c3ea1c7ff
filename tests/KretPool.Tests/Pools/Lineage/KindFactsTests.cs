using KretPool.Peers;
using KretPool.Pools;

namespace KretPool.Tests.Pools.Lineage;

/// <summary>What the kinds of the published evaluation and the peers say about themselves.</summary>
public class KindFactsTests
{
    private const int Capacity = 1 << 13;

    static KindFactsTests() => PoolKinds.RegisterAll(typeof(DefaultObjectPoolPeer<>).Assembly);

    public static TheoryData<string> KindsAndPeers =>
        [.. from kind in PoolKinds.All where kind.Family is PoolFamily.Lineage or PoolFamily.Peer select kind.Name];

    public static TheoryData<string> AllocatingPeers =>
        ["ConcurrentBag", "ConcurrentQueue", "ConcurrentStack", "Channel", "DefaultObjectPool"];

    public static TheoryData<string> FixedKinds =>
    [
        .. from kind in PoolKinds.All
           where kind.Family is PoolFamily.Lineage or PoolFamily.Peer
           where kind.Name is not ("ConcurrentBag" or "ConcurrentStack" or "NoPool")
           select kind.Name,
    ];

    [Theory]
    [InlineData("FreeList", "fl")]
    [InlineData("PerCpuFreeList", "flpc")]
    [InlineData("BpfPerCpuFreeList", "pc")]
    [InlineData("CircularQueue", "cq")]
    [InlineData("StridedArray", "sa")]
    [InlineData("CoreStridedArray", "saca")]
    [InlineData("PaddedArray", "saea")]
    [InlineData("HintedArray", "sah")]
    [InlineData("RandomArray", "ra")]
    [InlineData("ZigZagArray", "zz")]
    [InlineData("PerCpuRing", "sapc")]
    [InlineData("RingSlot", "rs")]
    [InlineData("SlotArray", "op")]
    [InlineData("KernelObjPool", "Linux 6.7")]
    public void Every_queue_of_the_published_evaluation_is_there_under_both_names(string kind, string publishedAs)
    {
        Assert.Equal(publishedAs, PoolKinds.Get(kind).PublishedAs);
        Assert.Equal(PoolFamily.Lineage, PoolKinds.Get(kind).Family);
    }

    [Theory]
    [MemberData(nameof(KindsAndPeers))]
    public void A_kind_tells_how_it_works(string name)
    {
        var kind = PoolKinds.Get(name);

        Assert.EndsWith(".", kind.Description, StringComparison.Ordinal);
        Assert.NotEmpty(kind.AbaAvoidance);
        Assert.True(kind.BytesPerObject + kind.BytesPerObjectPerCpu > 0 || name == "NoPool");
    }

    [Theory]
    [MemberData(nameof(LineageScene.Kinds), MemberType = typeof(LineageScene))]
    public void Memory_grows_with_objects_and_CPUs_as_the_kind_says(string name)
    {
        var kind = PoolKinds.Get(name);

        long forObjects = Bytes(name, 2 * Capacity, cpuCount: 4) - Bytes(name, Capacity, cpuCount: 4);
        long forCpus = Bytes(name, Capacity, cpuCount: 64) - Bytes(name, Capacity, cpuCount: 32);

        Assert.Equal(Capacity * (kind.BytesPerObject + (4L * kind.BytesPerObjectPerCpu)), forObjects);
        Assert.Equal(32 * (kind.BytesPerCpu + ((long)Capacity * kind.BytesPerObjectPerCpu)), forCpus);
    }

    [Theory]
    [MemberData(nameof(LineageScene.Kinds), MemberType = typeof(LineageScene))]
    public void A_pool_allocates_what_it_says_it_uses(string name)
    {
        var options = new PoolOptions<Numbered>(LineageScene.Objects(Capacity)) { Topology = LineageScene.Machine(4) };
        long before = GC.GetAllocatedBytesForCurrentThread();
        var pool = (IPoolMetrics)PoolKinds.Get(name).Create(options);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // Above it: object headers, and what making the pool leaves to the collector.
        Assert.InRange(allocated, pool.PoolBytes, pool.PoolBytes + 16384);
    }

    [Theory]
    [MemberData(nameof(AllocatingPeers))]
    public void A_peer_allocates_about_what_it_says(string name)
    {
        var kind = PoolKinds.Get(name);
        var options = new PoolOptions<Numbered>(LineageScene.Objects(Capacity));
        kind.Create(options);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var pool = kind.Create(options);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // Collections that double as they fill leave what they had before to the collector.
        Assert.Equal(Capacity, pool.Capacity);
        Assert.InRange(allocated, (long)Capacity * kind.BytesPerObject, 3L * Capacity * kind.BytesPerObject);
    }

    [Theory]
    [MemberData(nameof(FixedKinds))]
    public void Renting_and_returning_allocates_nothing(string name)
    {
        var pool = PoolKinds.Get(name).Create(new PoolOptions<Numbered>(LineageScene.Objects(64)));
        var items = new Numbered[64];
        Use();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Use();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Use()
        {
            for (int i = 0; i < 1000; i++)
            {
                pool.Return(pool.TryRent(out Numbered? item) ? item : throw new InvalidOperationException("a miss"));
                pool.Return(items.AsSpan(0, pool.Rent(items)));
            }
        }
    }

    private static long Bytes(string kind, int capacity, int cpuCount) =>
        ((IPoolMetrics)LineageScene.Pool(kind, capacity, cpuCount)).PoolBytes;
}
