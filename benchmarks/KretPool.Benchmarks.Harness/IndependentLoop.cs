using System.Diagnostics;
using KretPool.Benchmark;
using KretPool.Peers;
using KretPool.Placement;
using KretPool.Pools;
using KretPool.Pools.Peers;
using KretPool.Topology;

namespace KretPool.Benchmarks.Harness;

/// <summary>
/// Times the peers, and the flagship, with loops written out for each class, which share nothing with the benchmark: not the loop, the
/// threads, the clock's reading, nor the counting. Both take turns, so that a drift of the machine hits both.
/// </summary>
internal static class IndependentLoop
{
    private const int Capacity = 16;
    private const int Batch = 10_000;
    private const int Rounds = 9;
    private const double Seconds = 0.1;

    private static readonly Dictionary<string, Func<Action<int>>> s_loops = new()
    {
        ["ConcurrentQueue"] = () =>
        {
            var pool = new ConcurrentQueuePool<object>(Options());
            return count =>
            {
                for (int i = 0; i < count; i++)
                {
                    if (pool.TryRent(out object? item))
                    {
                        pool.Return(item);
                    }
                }
            };
        },
        ["ConcurrentStack"] = () =>
        {
            var pool = new ConcurrentStackPool<object>(Options());
            return count =>
            {
                for (int i = 0; i < count; i++)
                {
                    if (pool.TryRent(out object? item))
                    {
                        pool.Return(item);
                    }
                }
            };
        },
        ["ConcurrentBag"] = () =>
        {
            var pool = new ConcurrentBagPool<object>(Options());
            return count =>
            {
                for (int i = 0; i < count; i++)
                {
                    if (pool.TryRent(out object? item))
                    {
                        pool.Return(item);
                    }
                }
            };
        },
        ["Channel"] = () =>
        {
            var pool = new ChannelPool<object>(Options());
            return count =>
            {
                for (int i = 0; i < count; i++)
                {
                    if (pool.TryRent(out object? item))
                    {
                        pool.Return(item);
                    }
                }
            };
        },
        ["LockedStack"] = () =>
        {
            var pool = new LockedStackPool<object>(Options());
            return count =>
            {
                for (int i = 0; i < count; i++)
                {
                    if (pool.TryRent(out object? item))
                    {
                        pool.Return(item);
                    }
                }
            };
        },
        ["KretPool"] = () =>
        {
            var pool = new KretPool<object>(Options());
            return count =>
            {
                for (int i = 0; i < count; i++)
                {
                    if (pool.TryRent(out object? item))
                    {
                        pool.Return(item);
                    }
                }
            };
        },
        ["DefaultObjectPool"] = () =>
        {
            var pool = new DefaultObjectPoolPeer<object>(Options());
            return count =>
            {
                for (int i = 0; i < count; i++)
                {
                    if (pool.TryRent(out object? item))
                    {
                        pool.Return(item);
                    }
                }
            };
        },
    };

    public static void Run()
    {
        PoolKinds.RegisterAll(typeof(DefaultObjectPoolPeer<>).Assembly);
        Console.WriteLine($"{"kind",-18} {"threads",7} {"own loop ns",11} {"benchmark ns",12} {"ratio",6}");
        foreach (int threads in new[] { 1, 2 })
        {
            foreach (var (kind, make) in s_loops)
            {
                var (own, ours) = Compare(kind, make, threads);
                Console.WriteLine($"{kind,-18} {threads,7} {own,11:0.0} {ours,12:0.0} {ours / own,6:0.00}");
            }
        }
    }

    private static (double Own, double Benchmark) Compare(string kind, Func<Action<int>> make, int threads)
    {
        var plan = BenchmarkPlan.Create(new BenchmarkOptions
        {
            Kinds = [PoolKinds.Get(kind)],
            ThreadCounts = [threads],
            Capacities = [Capacity],
            IterationTime = TimeSpan.FromSeconds(Seconds),
            IterationCount = 1,
        });
        Prepare(make());
        var own = new List<double>();
        var ours = new List<double>();
        for (int round = 0; round < Rounds; round++)
        {
            own.Add(Time(make(), threads));
            ours.Add(new BenchmarkRunner().Run(plan).Single().Result!.NsPerOp);
        }

        return (own.Order().ElementAt(Rounds / 2), ours.Order().ElementAt(Rounds / 2));
    }

    // Many short calls with pauses, in which the runtime compiles the loop for good.
    private static void Prepare(Action<int> loop)
    {
        for (int call = 0; call < 1000; call++)
        {
            loop(100);
            Thread.Sleep(call % 100 == 0 ? 50 : 0);
        }
    }

    private static double Time(Action<int> loop, int threadCount)
    {
        using var barrier = new Barrier(threadCount);
        double[] nanoseconds = new double[threadCount];
        List<Thread> threads = [.. Enumerable.Range(0, threadCount).Select(index => new Thread(() =>
        {
            using var pinned = ThreadAffinity.Pin(CpuSet.From([index]));
            loop(10 * Batch);
            barrier.SignalAndWait();
            var clock = Stopwatch.StartNew();
            long operations = 0;
            while (clock.Elapsed.TotalSeconds < Seconds)
            {
                loop(Batch);
                operations += Batch;
            }

            nanoseconds[index] = clock.Elapsed.TotalNanoseconds / operations;
        }))];
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return threadCount / nanoseconds.Sum(time => 1 / time);
    }

    private static PoolOptions<object> Options() =>
        new(Enumerable.Range(0, Capacity).Select(_ => new object()).ToArray()) { Factory = () => new object() };
}
