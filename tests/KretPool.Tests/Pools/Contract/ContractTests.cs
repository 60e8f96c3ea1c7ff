using KretPool.Pools;

namespace KretPool.Tests.Pools.Contract;

/// <summary>What every kind of pool promises, for objects.</summary>
public sealed class ContractOfObjects : ContractTests<TrackedObject>
{
    private protected override OwnershipLedger<TrackedObject> NewLedger(int capacity) => new ObjectLedger(capacity);
}

/// <summary>What every kind of pool promises, for blocks of native memory.</summary>
public sealed class ContractOfBlocks : ContractTests<nint>
{
    private protected override OwnershipLedger<nint> NewLedger(int capacity) => new BlockLedger(capacity);
}

/// <summary>What every kind of pool promises.</summary>
/// <typeparam name="T">The type of the objects.</typeparam>
public abstract class ContractTests<T>
{
    private readonly int _seed = Random.Shared.Next();

    private protected abstract OwnershipLedger<T> NewLedger(int capacity);

    [Theory]
    [MemberData(nameof(ContractKinds.All), MemberType = typeof(ContractKinds))]
    public void No_object_is_out_twice_lost_or_invented_under_contention(string kind) =>
        Check(kind, capacity: 64, (pool, ledger) =>
            PoolScenario.Contend(pool, ledger, threadCount: 2, burstCount: 3000, limit: 16, _seed));

    [Theory]
    [MemberData(nameof(ContractKinds.All), MemberType = typeof(ContractKinds))]
    public void Nor_with_four_threads_for_every_core(string kind) =>
        Check(kind, capacity: 64, (pool, ledger) =>
            PoolScenario.Contend(pool, ledger, threadCount: 8, burstCount: 500, limit: 8, _seed));

    [Theory]
    [MemberData(nameof(ContractKinds.All), MemberType = typeof(ContractKinds))]
    public void Nor_when_threads_fight_for_fewer_objects_than_there_are_threads(string kind) =>
        Check(kind, capacity: 3, (pool, ledger) =>
            PoolScenario.Contend(pool, ledger, threadCount: 8, burstCount: 500, limit: 2, _seed));

    [Theory]
    [MemberData(nameof(ContractKinds.All), MemberType = typeof(ContractKinds))]
    public void Nor_with_a_single_object(string kind) =>
        Check(kind, capacity: 1, (pool, ledger) =>
            PoolScenario.Contend(pool, ledger, threadCount: 4, burstCount: 1000, limit: 1, _seed));

    [Theory]
    [MemberData(nameof(ContractKinds.All), MemberType = typeof(ContractKinds))]
    public void Nor_while_threads_come_and_go(string kind) =>
        Check(kind, capacity: 32, (pool, ledger) =>
            PoolScenario.Churn(pool, ledger, generations: 30, limit: 8, _seed));

    [Theory]
    [MemberData(nameof(ContractKinds.All), MemberType = typeof(ContractKinds))]
    public void Nor_when_one_thread_rents_and_another_returns(string kind) =>
        Check(kind, capacity: 16, (pool, ledger) => PoolScenario.HandOver(pool, ledger, rounds: 5000));

    [Theory]
    [MemberData(nameof(ContractKinds.All), MemberType = typeof(ContractKinds))]
    public void Two_to_the_twenty_objects_come_out_and_go_back(string kind) => Check(kind, 1 << 20, (_, _) => { });

    [Theory]
    [MemberData(nameof(ContractKinds.All), MemberType = typeof(ContractKinds))]
    public void A_pool_tells_its_capacity(string kind)
    {
        var ledger = NewLedger(5);

        Assert.Equal(5, NewPool(kind, ledger).Capacity);
    }

    [Theory]
    [MemberData(nameof(ContractKinds.Fixed), MemberType = typeof(ContractKinds))]
    public void A_rent_misses_while_everything_is_out_and_hits_again_after_a_return(string kind) =>
        Check(kind, capacity: 4, (pool, ledger) =>
        {
            var user = new PoolUser<T>(pool, ledger, owner: 1, _seed, limit: 6);
            user.RentOneByOne(6);
            int all = user.HeldCount;

            Assert.InRange(all, 1, 4);
            Assert.False(pool.TryRent(out T? missed));
            Assert.Equal(default, missed);
            Assert.Equal(0, pool.Rent(new T[3]));

            user.ReturnOneByOne(1);
            Assert.Equal(1, user.RentOneByOne(1));
            user.ReturnAll();
        });

    [Theory]
    [MemberData(nameof(ContractKinds.Complete), MemberType = typeof(ContractKinds))]
    public void A_bulk_larger_than_what_is_left_gets_what_is_left(string kind) =>
        Check(kind, capacity: 10, (pool, ledger) =>
        {
            var first = new PoolUser<T>(pool, ledger, owner: 1, _seed, limit: 7);
            var second = new PoolUser<T>(pool, ledger, owner: 2, _seed, limit: 100);

            Assert.Equal(7, first.RentInBulk(7));
            Assert.Equal(3, second.RentInBulk(100));
            Assert.Equal(0, second.RentInBulk(1));

            first.ReturnAll();
            second.ReturnAll();
        });

    [Theory]
    [MemberData(nameof(ContractKinds.All), MemberType = typeof(ContractKinds))]
    public void A_bulk_of_nothing_changes_nothing(string kind) =>
        Check(kind, capacity: 2, (pool, _) =>
        {
            Assert.Equal(0, pool.Rent([]));
            pool.Return(ReadOnlySpan<T>.Empty);
        });

    [Theory]
    [MemberData(nameof(ContractKinds.Complete), MemberType = typeof(ContractKinds))]
    public void Every_object_comes_out_while_the_threads_that_returned_it_wait(string kind) =>
        Check(kind, capacity: 48, (pool, ledger) =>
        {
            const int threads = 4;
            using var returned = new Barrier(threads);
            using var counted = new Barrier(threads);
            PoolScenario.RunThreads(threads, owner =>
            {
                var user = new PoolUser<T>(pool, ledger, owner, _seed, limit: 12);
                for (int i = 0; i < 20; i++)
                {
                    user.Burst();
                }

                user.ReturnAll();
                returned.SignalAndWait();
                try
                {
                    if (owner == 1)
                    {
                        PoolScenario.ExpectEveryObject(pool, ledger);
                    }
                }
                finally
                {
                    counted.SignalAndWait();
                }
            });
        });

    [Theory]
    [MemberData(nameof(ContractKinds.Complete), MemberType = typeof(ContractKinds))]
    public void Objects_that_some_threads_hold_do_not_hide_the_others(string kind) =>
        Check(kind, capacity: 9, (pool, ledger) =>
        {
            var holder = new PoolUser<T>(pool, ledger, owner: 1, _seed, limit: 8);
            PoolScenario.RunThreads(1, _ => holder.RentOneByOne(8));
            for (int i = 0; i < 100; i++)
            {
                PoolScenario.RunThreads(1, _ =>
                {
                    var user = new PoolUser<T>(pool, ledger, owner: 2, _seed, limit: 2);
                    if (user.RentOneByOne(2) != 1)
                    {
                        throw new LedgerException($"lost: a lone thread rented {user.HeldCount} where 1 was free");
                    }

                    user.ReturnAll();
                });
            }

            holder.ReturnAll();
        });

    // Runs a scenario on a fresh pool, then takes stock.
    private void Check(string kindName, int capacity, Action<IObjectPool<T>, OwnershipLedger<T>> scenario)
    {
        var ledger = NewLedger(capacity);
        var kind = ContractKinds.Get(kindName);
        try
        {
            var pool = NewPool(kindName, ledger);
            scenario(pool, ledger);
            if (!kind.Grows && !kind.CanStrand)
            {
                PoolScenario.ExpectEveryObject(pool, ledger);
            }
        }
        catch (LedgerException e)
        {
            Assert.Fail($"{kindName} of {capacity} {typeof(T).Name}, seed {_seed}: {e.Message}");
        }
    }

    private static IObjectPool<T> NewPool(string kind, OwnershipLedger<T> ledger) =>
        ContractKinds.OrSkip<T, IObjectPool<T>>(() =>
            ContractKinds.Get(kind).Create(new PoolOptions<T>(ledger.Objects) { Factory = ledger.Factory }));
}
