using System.Collections.Concurrent;
using System.Diagnostics;
using KretPool.Pools;

namespace KretPool.Tests.Pools.Contract;

/// <summary>
/// What threads do to a pool while the ledger is kept. Every scenario ends with nothing out, and throws a
/// <see cref="LedgerException"/> if the pool broke a promise meanwhile.
/// </summary>
public static class PoolScenario
{
    // A watchdog against a pool that hangs, far beyond what any scenario takes. Once a thread has failed, the others
    // may wait for it in vain.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_patienceAfterFailure = TimeSpan.FromSeconds(5);

    /// <summary>Threads rent and return at random, alone and in bulk.</summary>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <param name="pool">The pool.</param>
    /// <param name="ledger">The ledger over its objects.</param>
    /// <param name="threadCount">How many threads.</param>
    /// <param name="burstCount">How many bursts each does.</param>
    /// <param name="limit">The most objects that a thread holds at once.</param>
    /// <param name="seed">Where the random choices start.</param>
    /// <returns>How many objects were rented.</returns>
    public static long Contend<T>(
        IObjectPool<T> pool, OwnershipLedger<T> ledger, int threadCount, int burstCount, int limit, int seed)
    {
        long hits = 0;
        RunThreads(threadCount, owner =>
        {
            var user = new PoolUser<T>(pool, ledger, owner, seed, limit);
            for (int i = 0; i < burstCount; i++)
            {
                user.Burst();
            }

            user.ReturnAll();
            Interlocked.Add(ref hits, user.Hits);
        });
        return hits;
    }

    /// <summary>Threads come, use the pool for a moment, and end, several at a time.</summary>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <param name="pool">The pool.</param>
    /// <param name="ledger">The ledger over its objects.</param>
    /// <param name="generations">How many threads each place sees come and go.</param>
    /// <param name="limit">The most objects that a thread holds at once.</param>
    /// <param name="seed">Where the random choices start.</param>
    public static void Churn<T>(
        IObjectPool<T> pool, OwnershipLedger<T> ledger, int generations, int limit, int seed)
    {
        const int places = 4;
        for (int generation = 0; generation < generations; generation++)
        {
            int born = generation;
            RunThreads(places, place =>
            {
                var user = new PoolUser<T>(pool, ledger, (born * places) + place, seed, limit);
                for (int i = 0; i < 4; i++)
                {
                    user.Burst();
                }

                user.ReturnAll();
            });
        }
    }

    /// <summary>One thread rents, another returns, so that every object crosses over.</summary>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <param name="pool">The pool.</param>
    /// <param name="ledger">The ledger over its objects.</param>
    /// <param name="rounds">How many times objects are handed over.</param>
    public static void HandOver<T>(IObjectPool<T> pool, OwnershipLedger<T> ledger, int rounds)
    {
        const int between = 3;
        using var handed = new BlockingCollection<T>();
        RunThreads(2, thread =>
        {
            if (thread == 1)
            {
                try
                {
                    for (int i = 0; i < rounds; i++)
                    {
                        if (pool.TryRent(out T? item))
                        {
                            ledger.TakeOut(item, between);
                            handed.Add(item);
                        }
                    }
                }
                finally
                {
                    handed.CompleteAdding();
                }
            }
            else
            {
                foreach (T item in handed.GetConsumingEnumerable())
                {
                    ledger.GiveBack(item, between);
                    pool.Return(item);
                }
            }
        });
    }

    /// <summary>
    /// Rents until nothing is left, from one thread while no other uses the pool, and returns it all.
    /// </summary>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <param name="pool">The pool.</param>
    /// <param name="ledger">The ledger over its objects.</param>
    /// <exception cref="LedgerException">An object did not come out.</exception>
    public static void ExpectEveryObject<T>(IObjectPool<T> pool, OwnershipLedger<T> ledger)
    {
        int all = ledger.Objects.Length;
        var user = new PoolUser<T>(pool, ledger, int.MaxValue, seed: 0, limit: all + 1);
        while (user.RentInBulk(1 << 14) > 0)
        {
        }

        user.RentOneByOne(all + 1);
        if (user.HeldCount < all)
        {
            var lost = ledger.NamesOfFreeObjects();
            throw new LedgerException(
                $"lost: {lost.Count} of {all} do not come out: {string.Join(", ", lost.Take(10))}");
        }

        user.ReturnAll();
    }

    /// <summary>Runs threads that start together.</summary>
    /// <param name="count">How many.</param>
    /// <param name="body">What each does; it gets the thread's number, from 1.</param>
    /// <exception cref="LedgerException">The first that a thread threw, or a thread does not end.</exception>
    public static void RunThreads(int count, Action<int> body)
    {
        Exception? failure = null;
        using var gate = new Barrier(count);
        var threads = new Thread[count];
        for (int i = 0; i < count; i++)
        {
            int number = i + 1;
            threads[i] = new Thread(() =>
            {
                try
                {
                    gate.SignalAndWait();
                    body(number);
                }
                catch (Exception e)
                {
                    Interlocked.CompareExchange(ref failure, e, null);
                }
            })
            { IsBackground = true };
            threads[i].Start();
        }

        var patience = Stopwatch.StartNew();
        bool failed = false;
        foreach (var thread in threads)
        {
            while (!thread.Join(millisecondsTimeout: 100))
            {
                if (failure is not null && !failed)
                {
                    failed = true;
                    patience.Restart();
                }

                if (patience.Elapsed > (failed ? s_patienceAfterFailure : s_patience))
                {
                    throw failure ?? new LedgerException($"hung: a thread did not end within {s_patience}");
                }
            }
        }

        if (failure is not null)
        {
            throw failure as LedgerException ?? new LedgerException($"failed: {failure}");
        }
    }
}
