using KretPool.Peers;
using KretPool.Pools;
using KretPool.Pools.Lineage;
using KretPool.Pools.Peers;

namespace KretPool.Benchmarks;

/// <summary>What is measured, and under which names.</summary>
internal static class Subjects
{
    /// <summary>The least that a pool can be.</summary>
    public const string Stack = "[ThreadStatic] stack, one for the process";

    /// <summary>The same, for one pool among many.</summary>
    public const string StackPerPool = "[ThreadStatic] stack, one for each pool";

    /// <summary>The least that a pool can be, behind calls.</summary>
    public const string CalledStack = "[ThreadStatic] stack, one for the process, behind calls";

    /// <summary>The flagship.</summary>
    public const string KretPool = "KretPool";

    /// <summary>The flagship, behind calls.</summary>
    public const string CalledKretPool = "KretPool, behind calls";

    /// <summary>ASP.NET's pool.</summary>
    public const string DefaultObjectPool = "DefaultObjectPool";

    /// <summary>The runtime's bag.</summary>
    public const string ConcurrentBag = "ConcurrentBag";

    /// <summary>The single list.</summary>
    public const string FreeList = "FreeList";

    /// <summary>The flagship, 32 objects at a time; an operation is one of them.</summary>
    public const string Bulk = "KretPool, bulk of 32";

    /// <summary>A rent of the flagship while nothing is free.</summary>
    public const string Miss = "KretPool, miss";

    private const int BulkSize = 32;
    private const int Capacity = 64;

    /// <summary>
    /// Measures everything in one run: each design with one thread and with two, which rent and return one object over and
    /// over; the flagship's bulks with one thread, and its misses with two.
    /// </summary>
    /// <returns>Nanoseconds that an operation takes a thread.</returns>
    public static Dictionary<(string Name, int Threads), double> Measure()
    {
        var gauge = new Gauge();
        AddDesigns(gauge, threads: 1);
        AddDesigns(gauge, threads: 2);

        var pool = new KretPool<Item>(Options(Capacity));
        gauge.Add(Bulk, 1, objects => RentAndReturnMany(pool, objects), () => { });

        var exhausted = new KretPool<Item>(Options(1));
        exhausted.TryRent(out Item? _);
        gauge.Add(Miss, 2, rents => RentInVain(exhausted, rents), () => { });
        return gauge.Measure();
    }

    private static void AddDesigns(Gauge gauge, int threads)
    {
        gauge.Add(Stack, default(ThreadStaticStack), threads);
        gauge.Add(StackPerPool, new StackPerPool.Design(new StackPerPool(1)), threads);
        gauge.Add("Deque without the owner's fence", new AsymmetricDeque.Design(new AsymmetricDeque(2)), threads);
        gauge.Add(KretPool, new Flagship(new KretPool<Item>(Options(Capacity))), threads);
        gauge.Add(CalledStack, default(Called<ThreadStaticStack>), threads);
        gauge.Add(
            CalledKretPool, new Called<Flagship>(new Flagship(new KretPool<Item>(Options(Capacity)))), threads);
        gauge.Add("Stack behind a busy flag", new BusyFlagStack(3), threads);
        gauge.Add("Slot for each CPU, exchange", PerCpuSlots.Make(), threads);
        gauge.Add(DefaultObjectPool, new DefaultPool(new DefaultObjectPoolPeer<Item>(Options(Capacity))), threads);
        gauge.Add(ConcurrentBag, new Bag(new ConcurrentBagPool<Item>(Options(Capacity))), threads);
        gauge.Add(FreeList, new FreeList(new FreeListPool<Item>(Options(Capacity))), threads);
    }

    private static PoolOptions<Item> Options(int count) => new(Item.Make(count));

    private static void RentAndReturnMany(KretPool<Item> pool, int objects)
    {
        var items = new Item[BulkSize];
        for (int done = 0; done < objects; done += BulkSize)
        {
            int count = pool.Rent(items);
            pool.Return(items.AsSpan(0, count));
        }
    }

    private static void RentInVain(KretPool<Item> pool, int rents)
    {
        for (int i = 0; i < rents; i++)
        {
            if (pool.TryRent(out Item? _))
            {
                throw new InvalidOperationException("A pool whose only object is out handed out an object.");
            }
        }
    }
}
