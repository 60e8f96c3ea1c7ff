using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using KretPool.Pools;

namespace KretPool.Tests.Pools.Contract;

/// <summary>What <see cref="ObjectPool{T}"/> promises whatever kind it runs on, for objects.</summary>
public sealed class LifetimeContractOfObjects : LifetimeContractTests<TrackedObject>
{
    private protected override OwnershipLedger<TrackedObject> NewLedger(int capacity) => new ObjectLedger(capacity);
}

/// <summary>What <see cref="ObjectPool{T}"/> promises whatever kind it runs on, for blocks of native memory.</summary>
public sealed class LifetimeContractOfBlocks : LifetimeContractTests<nint>
{
    private protected override OwnershipLedger<nint> NewLedger(int capacity) => new BlockLedger(capacity);
}

/// <summary>What <see cref="ObjectPool{T}"/> promises whatever kind it runs on.</summary>
/// <typeparam name="T">The type of the objects.</typeparam>
public abstract class LifetimeContractTests<T>
{
    private readonly int _seed = Random.Shared.Next();

    private protected abstract OwnershipLedger<T> NewLedger(int capacity);

    [Theory]
    [MemberData(nameof(ContractKinds.All), MemberType = typeof(ContractKinds))]
    public void A_closed_pool_ends_with_the_last_object_and_calls_back_once(string kind)
    {
        int released = 0;
        using var pool = NewPool(kind, NewLedger(4), new() { Released = () => released++ });
        Assert.True(pool.TryRent(out T? first));
        Assert.True(pool.TryRent(out T? second));

        pool.Close();
        pool.Close();
        Assert.True(pool.IsClosed);
        Assert.Throws<ObjectDisposedException>(() => pool.TryRent(out _));
        Assert.Throws<ObjectDisposedException>(() => pool.Rent(new T[2]));
        Assert.Equal(2, pool.RentedCount);

        pool.Return(first);
        Assert.False(pool.IsEnded);
        Assert.Equal(0, released);

        pool.Return(second);
        Assert.True(pool.IsEnded);
        Assert.Equal(1, released);
    }

    [Theory]
    [MemberData(nameof(ContractKinds.All), MemberType = typeof(ContractKinds))]
    public void An_object_that_is_dropped_no_longer_keeps_the_pool(string kind)
    {
        var released = new ConcurrentBag<T>();
        using var pool = NewPool(kind, NewLedger(3), new() { ReleaseObject = released.Add, Checked = true });
        Assert.True(pool.TryRent(out T? before));
        Assert.True(pool.TryRent(out T? after));

        pool.Drop(before);
        pool.Close();
        pool.Drop(after);

        Assert.True(pool.IsEnded);
        Assert.DoesNotContain(before, released);
        Assert.DoesNotContain(after, released);
        Assert.Throws<InvalidOperationException>(() => pool.Return(before));
    }

    [Theory]
    [MemberData(nameof(ContractKinds.All), MemberType = typeof(ContractKinds))]
    public void Closing_under_fire_releases_every_object_once(string kind)
    {
        for (int round = 0; round < 15; round++)
        {
            CloseUnderFire(kind, round, new ObjectPoolOptions<T> { Checked = round % 3 == 2 });
        }
    }

    [Theory]
    [MemberData(nameof(ContractKinds.All), MemberType = typeof(ContractKinds))]
    public void A_second_return_is_refused_in_checked_mode_and_nothing_is_lost(string kind)
    {
        var ledger = NewLedger(2);
        using var pool = NewPool(kind, ledger, new() { Name = "lines", Checked = true });
        Assert.True(pool.TryRent(out T? item));
        pool.Return(item);

        var error = Assert.Throws<InvalidOperationException>(() => pool.Return(item));

        Assert.Contains("'lines'", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => pool.Return([item]));
        Assert.Throws<InvalidOperationException>(() => pool.Drop(item));
        if (!pool.Kind.Grows && !pool.Kind.CanStrand)
        {
            PoolScenario.ExpectEveryObject(pool, ledger);
        }
    }

    [Theory]
    [MemberData(nameof(ContractKinds.Fixed), MemberType = typeof(ContractKinds))]
    public void A_stranger_is_refused_in_checked_mode(string kind)
    {
        using var pool = NewPool(kind, NewLedger(2), new() { Name = "lines", Checked = true });
        T stranger = NewLedger(5).Objects.Span[4];

        var error = Assert.Throws<ArgumentException>(() => pool.Return(stranger));

        Assert.Contains("'lines'", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => pool.Drop(stranger));
    }

    [Theory]
    [MemberData(nameof(ContractKinds.All), MemberType = typeof(ContractKinds))]
    public void Of_threads_that_return_the_same_object_one_succeeds(string kind)
    {
        for (int round = 0; round < 20; round++)
        {
            using var pool = NewPool(kind, NewLedger(2), new() { Checked = true });
            Assert.True(pool.TryRent(out T? item));
            int refused = 0;
            PoolScenario.RunThreads(3, _ =>
            {
                try
                {
                    pool.Return(item);
                }
                catch (InvalidOperationException)
                {
                    Interlocked.Increment(ref refused);
                }
            });

            Assert.Equal(2, refused);
        }
    }

    [Theory]
    [MemberData(nameof(ContractKinds.All), MemberType = typeof(ContractKinds))]
    public void A_checked_pool_that_counts_keeps_the_contract_under_contention(string kind)
    {
        var ledger = NewLedger(32);
        using var pool = NewPool(kind, ledger, new() { Checked = true, CountRents = true });

        long hits = PoolScenario.Contend(pool, ledger, threadCount: 4, burstCount: 300, limit: 8, _seed);

        Assert.Equal(hits, pool.GetStatistics().Hits);
        Assert.Equal(hits, pool.GetStatistics().PerCpu.Sum(cpu => cpu.Hits));
        Assert.Equal(0, pool.RentedCount);
    }

    [Theory]
    [MemberData(nameof(ContractKinds.All), MemberType = typeof(ContractKinds))]
    public void A_null_object_is_refused(string kind)
    {
        using var pool = NewPool(kind, NewLedger(1), new());

        Assert.Throws<ArgumentNullException>(() => pool.Return(default(T)!));
        Assert.Throws<ArgumentNullException>(() => pool.Return([default!]));
        Assert.Throws<ArgumentNullException>(() => pool.Drop(default!));
    }

    [Theory]
    [MemberData(nameof(ContractKinds.Fixed), MemberType = typeof(ContractKinds))]
    public void A_wait_ends_when_another_thread_returns_an_object(string kind)
    {
        if (ContractKinds.Get(kind).CanStrand)
        {
            Assert.Skip($"{kind} may leave the object where the waiting thread does not look.");
        }

        for (int round = 0; round < 20; round++)
        {
            using var pool = NewPool(kind, NewLedger(1), new());
            Assert.True(pool.TryRent(out T? item));
            bool got = false;
            PoolScenario.RunThreads(2, thread =>
            {
                if (thread == 1)
                {
                    got = pool.TryRent(out _, Timeout.InfiniteTimeSpan);
                }
                else
                {
                    pool.Return(item);
                }
            });

            Assert.True(got);
        }
    }

    [Theory]
    [MemberData(nameof(ContractKinds.All), MemberType = typeof(ContractKinds))]
    public void A_closed_pool_that_nobody_refers_to_is_collected(string kind)
    {
        var pools = UseAndClose(kind);

        // Each collection may free what the one before made reachable only by finalizers.
        for (int attempt = 0; attempt < 10 && pools.Any(pool => pool.IsAlive); attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.DoesNotContain(pools, pool => pool.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private List<WeakReference> UseAndClose(string kind)
    {
        var references = new List<WeakReference>();
        for (int i = 0; i < 3; i++)
        {
            var ledger = NewLedger(8);
            var pool = NewPool(kind, ledger, new());
            PoolScenario.Contend(pool, ledger, threadCount: 2, burstCount: 3, limit: 4, _seed);
            pool.Close();
            references.Add(new WeakReference(pool));
        }

        return references;
    }

    private void CloseUnderFire(string kind, int round, ObjectPoolOptions<T> options)
    {
        const int capacity = 24;
        const int threads = 4;
        int ended = 0;
        var ledger = NewLedger(capacity);
        var released = new ConcurrentDictionary<object, int>();
        using var pool = NewPool(kind, ledger, options with
        {
            ReleaseObject = item => released.AddOrUpdate(item!, 1, (_, count) => count + 1),
            Released = () => Interlocked.Increment(ref ended),
        });
        int closeAfter = new Random(HashCode.Combine(_seed, round)).Next(0, 60);
        PoolScenario.RunThreads(threads, owner =>
        {
            var user = new PoolUser<T>(pool, ledger, owner, _seed + round, limit: 8);
            try
            {
                for (int i = 0; ; i++)
                {
                    user.Burst();
                    if (owner == 1 && i == closeAfter)
                    {
                        pool.Close();
                    }
                }
            }
            catch (ObjectDisposedException)
            {
                user.ReturnAll();
            }
        });

        string where = $"{kind}, seed {_seed}, round {round}";
        Assert.True(pool.IsEnded, $"{where}: the pool has not ended, {pool.RentedCount} objects are missing.");
        Assert.True(ended == 1, $"{where}: the end was told {ended} times.");
        Assert.True(released.Values.All(count => count == 1), $"{where}: an object was released twice.");
        if (!pool.Kind.Grows)
        {
            Assert.True(released.Count == capacity, $"{where}: {released.Count} of {capacity} objects were released.");
        }
    }

    private static ObjectPool<T> NewPool(string kind, OwnershipLedger<T> ledger, ObjectPoolOptions<T> options) =>
        ContractKinds.OrSkip<T, ObjectPool<T>>(() => new ObjectPool<T>(
            ContractKinds.Get(kind), new PoolOptions<T>(ledger.Objects) { Factory = ledger.Factory }, options));
}
