using System.Runtime.CompilerServices;
using KretPool.Pools;
using KretPool.Tests.Pools.Contract;
using KretPool.Tests.Pools.Lineage;
using KretPool.Topology;

namespace KretPool.Tests.Pools.Flagship;

/// <summary>What the flagship leaves behind and what it takes: threads, pools, memory.</summary>
public class FlagshipLifeTests
{
    [Fact]
    public void Ten_thousand_short_lived_threads_leave_nothing_behind()
    {
        var ledger = new ObjectLedger(100);
        using var pool = new KretPool<TrackedObject>(new PoolOptions<TrackedObject>(ledger.Objects));
        int magazines = pool.MagazineCount;

        for (int i = 0; i < 1250; i++)
        {
            Thread[] threads = [.. Enumerable.Range(0, 8).Select(_ => new Thread(() => pool.Return(pool.Rent())))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
        }

        Collect(until: () => pool.CacheCount == 0);
        Assert.Equal(0, pool.CacheCount);
        Assert.InRange(pool.MagazineCount, 1, magazines);
        PoolScenario.ExpectEveryObject(pool, ledger);
    }

    [Fact]
    public void A_thousand_pools_work_at_once()
    {
        KretPool<Numbered>[] pools = [.. Enumerable.Range(0, 1000).Select(_ => NewPool(3))];

        PoolScenario.RunThreads(2, _ =>
        {
            foreach (var pool in pools)
            {
                pool.Return(pool.Rent());
            }
        });

        Assert.All(pools, pool => Assert.Equal([0, 1, 2], pool.Drain().Numbers().Order()));
        Array.ForEach(pools, pool => pool.Dispose());
    }

    [Fact]
    public void A_pool_that_nobody_refers_to_is_collected_with_its_objects_though_its_threads_live_on()
    {
        WeakReference? pool = null;
        WeakReference? item = null;
        using var parked = new ParkedThread(() => (pool, item) = UseAndDrop());

        Collect(until: () => !pool!.IsAlive && !item!.IsAlive);

        Assert.False(pool!.IsAlive);
        Assert.False(item!.IsAlive);
    }

    [Fact]
    public void A_pool_of_another_type_can_take_the_place_of_one_that_is_gone()
    {
        for (int i = 0; i < 10; i++)
        {
            using (var numbers = new KretPool<nint>(new PoolOptions<nint>(new nint[] { 5, 6 })))
            {
                Assert.Equal([6, 5], numbers.Drain().Order().Reverse());
            }

            using var objects = NewPool(2);
            Assert.Equal([0, 1], objects.Drain().Numbers().Order());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(1 << 20)]
    public void A_pool_takes_at_most_24_bytes_an_object_and_1_KiB_a_CPU_and_a_thread(int capacity)
    {
        const int threads = 3;
        long most = (24L * capacity) + (1024 * (Environment.ProcessorCount + threads));
        var items = new nint[capacity];
        var options = new PoolOptions<nint>(items);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var pool = new KretPool<nint>(options);
        ParkedThread[] parked = [.. Enumerable.Range(0, threads).Select(_ => new ParkedThread(() =>
        {
            var mine = new nint[(capacity / threads) + 1];
            pool.Return(mine.AsSpan(0, pool.Rent(mine)));
        }))];
        long after = GC.GetTotalMemory(forceFullCollection: true);

        Assert.InRange(pool.PoolBytes, 1, most);

        // What the process has more by then includes the threads themselves, and what other tests hold.
        TestContext.Current.TestOutputHelper?.WriteLine($"{capacity}: {pool.PoolBytes} of {most}, really {after - before}");
        if (capacity == 1 << 20)
        {
            Assert.InRange(after - before, pool.PoolBytes * 9 / 10, most);
        }

        Array.ForEach(parked, thread => thread.Dispose());
        GC.KeepAlive(items);
    }

    [Fact]
    public void Nothing_is_allocated_once_a_thread_has_used_the_pool()
    {
        using var pool = NewPool(200);
        var items = new Numbered[250];
        void Use()
        {
            for (int i = 0; i < 100; i++)
            {
                int taken = pool.Rent(items);
                pool.Return(items.AsSpan(0, taken));
                while (pool.TryRent(out Numbered? one))
                {
                    items[--taken] = one;
                }

                pool.Return(items.AsSpan(0, 200));
            }
        }

        Use();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Use();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Objects_come_from_the_nearest_node_and_return_to_the_node_they_live_on()
    {
        using var pool = NewNumaPool();

        // Node 2 is nearer to node 0 than node 1 is.
        var items = LineageScene.OnCpu(0, pool.Drain);
        Assert.Equal([0, 2, 1], items.Numbers());

        LineageScene.OnCpu(0, () => items.ForEach(pool.Return));
        using var other = new ParkedThread(() =>
            Assert.Equal(1, LineageScene.OnCpu(1, pool.Rent).Number));
        using var another = new ParkedThread(() =>
            Assert.Equal(2, LineageScene.OnCpu(2, pool.Rent).Number));
    }

    [Fact]
    public void Steals_go_to_the_nearest_node_first()
    {
        using var pool = NewNumaPool();
        List<Numbered> all = LineageScene.OnCpu(0, () => Enumerable.Range(0, 3).Select(_ => pool.Rent()).ToList());

        // Each leaves its node's object in its own magazine.
        var threads = Enumerable.Range(1, 2)
            .Select(cpu => new ParkedThread(() => LineageScene.OnCpu(cpu, () => pool.Return(all.Single(item => item.Number == cpu)))))
            .ToList();

        Assert.Equal([2, 1], LineageScene.OnCpu(0, pool.Drain).Numbers());
        Assert.Equal((2L, 4L), (pool.GetStatistics().Steals, pool.GetStatistics().RemoteRents));
        threads.ForEach(thread => thread.Dispose());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Pool, WeakReference Item) UseAndDrop()
    {
        var pool = NewPool(40);
        var item = pool.Rent();
        pool.Return(item);
        return (new WeakReference(pool), new WeakReference(item));
    }

    private static void Collect(Func<bool> until)
    {
        for (int i = 0; i < 20 && !until(); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static KretPool<Numbered> NewPool(int capacity) => new(new PoolOptions<Numbered>(LineageScene.Objects(capacity)));

    // Three nodes with a CPU and an object each.
    private static KretPool<Numbered> NewNumaPool()
    {
        const string all = "0-2";
        int[][] distances = [[10, 30, 20], [30, 10, 20], [20, 20, 10]];
        return new(new PoolOptions<Numbered>(LineageScene.Objects(3))
        {
            NodeOf = item => item.Number,
            Topology = new CpuTopology
            {
                PresentCpus = all,
                OnlineCpus = all,
                AllowedCpus = all,
                Nodes =
                [
                    .. Enumerable.Range(0, 3).Select(node => new NumaNode(
                        node, $"{node}", null, null, Enumerable.Range(0, 3).ToDictionary(to => to, to => distances[node][to]))),
                ],
            },
        });
    }
}
