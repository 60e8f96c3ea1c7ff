using System.Collections.Concurrent;
using KretPool.Pools;
using KretPool.Pools.Flagship;
using KretPool.Tests.Pools.Contract;

namespace KretPool.Tests.Pools.Flagship;

/// <summary>The flagship's promise that a rent misses only if no object was free at some moment, under load.</summary>
public class FlagshipMissTests
{
    // Shortages begin and end all the time.
    private static readonly KretPoolSettings s_hasty = new() { LooseSlots = 1, PlentyAfter = 3, ShortAfter = 1 };

    public static TheoryData<int, bool> ThreadsAndHaste => [(1, false), (2, false), (2, true), (3, true), (8, false), (8, true)];

    [Theory]
    [MemberData(nameof(ThreadsAndHaste))]
    public void No_rent_misses_while_there_are_as_many_objects_as_threads_that_hold_one(int threads, bool hasty)
    {
        var ledger = new ObjectLedger(threads);
        using var pool = NewPool(ledger, hasty);
        int misses = 0;

        PoolScenario.RunThreads(threads, owner =>
        {
            var user = new PoolUser<TrackedObject>(pool, ledger, owner, seed: 1, limit: 1);
            for (int i = 0; i < 40_000 / threads; i++)
            {
                if (user.RentOneByOne(1) == 0)
                {
                    Interlocked.Increment(ref misses);
                }

                user.ReturnAll();
            }
        });

        Assert.Equal(0, misses);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nor_in_bulk_while_there_is_enough_for_all_bulks(bool hasty)
    {
        const int threads = 4;
        const int bulk = 5;
        var ledger = new ObjectLedger(threads * bulk);
        using var pool = NewPool(ledger, hasty);
        int shortfalls = 0;

        PoolScenario.RunThreads(threads, owner =>
        {
            var user = new PoolUser<TrackedObject>(pool, ledger, owner, seed: 1, limit: bulk);
            for (int i = 0; i < 3000; i++)
            {
                if (user.RentInBulk(bulk) < bulk)
                {
                    Interlocked.Increment(ref shortfalls);
                }

                user.ReturnAll();
            }
        });

        Assert.Equal(0, shortfalls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nor_while_objects_change_hands_and_threads_come_and_go(bool hasty)
    {
        const int places = 4;
        var ledger = new ObjectLedger(places);
        using var pool = NewPool(ledger, hasty);
        var exchange = new ConcurrentQueue<TrackedObject>();
        int misses = 0;

        for (int generation = 0; generation < 40; generation++)
        {
            PoolScenario.RunThreads(places, _ =>
            {
                for (int i = 0; i < 100; i++)
                {
                    // Who gives one into the exchange takes one out, so as many are out as threads have rented.
                    if (pool.TryRent(out TrackedObject? item))
                    {
                        exchange.Enqueue(item);
                        Assert.True(exchange.TryDequeue(out TrackedObject? other));
                        pool.Return(other);
                    }
                    else
                    {
                        Interlocked.Increment(ref misses);
                    }
                }
            });
        }

        Assert.Equal(0, misses);
        PoolScenario.ExpectEveryObject(pool, ledger);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(1000)]
    public void Every_object_comes_out_of_the_caches_of_threads_that_are_blocked_or_gone(int capacity)
    {
        var ledger = new ObjectLedger(capacity);
        using var pool = NewPool(ledger, hasty: false);
        void UseAll()
        {
            var items = new TrackedObject[capacity];
            Assert.Equal(capacity, pool.Rent(items));
            pool.Return(items);
        }

        using var blocked = new ParkedThread(UseAll);
        PoolScenario.ExpectEveryObject(pool, ledger);

        PoolScenario.RunThreads(1, _ => UseAll());
        PoolScenario.ExpectEveryObject(pool, ledger);
    }

    [Fact]
    public void Positions_may_wrap()
    {
        foreach (long back in new[] { 1, 5, 40, 300 })
        {
            var ledger = new ObjectLedger(40);
            using var pool = new KretPool<TrackedObject>(
                new PoolOptions<TrackedObject>(ledger.Objects), new KretPoolSettings { FirstPosition = long.MaxValue - back });

            PoolScenario.Contend(pool, ledger, threadCount: 4, burstCount: 300, limit: 12, seed: 1);

            PoolScenario.ExpectEveryObject(pool, ledger);
        }
    }

    private static KretPool<TrackedObject> NewPool(ObjectLedger ledger, bool hasty) =>
        new(new PoolOptions<TrackedObject>(ledger.Objects), hasty ? s_hasty : KretPoolSettings.Usual);
}
