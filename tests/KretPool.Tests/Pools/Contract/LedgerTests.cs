using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using KretPool.Pools;

namespace KretPool.Tests.Pools.Contract;

/// <summary>Pools that are broken on purpose: the contract suite is worth something because it finds them.</summary>
public class LedgerTests
{
    [Fact]
    public void A_pool_that_loses_an_object_now_and_then_is_found_out()
    {
        int count = 0;
        var broken = new BrokenPool(returning: (objects, item) =>
        {
            if (Interlocked.Increment(ref count) != 1000)
            {
                objects.Push(item);
            }
        });

        Assert.StartsWith("lost: 1 of 16", Find(broken), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pool_that_hands_an_object_out_twice_now_and_then_is_found_out()
    {
        int count = 0;
        var broken = new BrokenPool(renting: (objects, item) =>
        {
            if (Interlocked.Increment(ref count) == 1000)
            {
                objects.Push(item);
            }

            return item;
        });

        Assert.StartsWith("out twice: object", Find(broken), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pool_that_invents_an_object_now_and_then_is_found_out()
    {
        int count = 0;
        var stranger = new ObjectLedger(1).Objects.Span[0];
        var broken = new BrokenPool(renting: (_, item) => Interlocked.Increment(ref count) == 1000 ? stranger : item);

        Assert.StartsWith("invented: object 1 of another pool", Find(broken), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pool_that_hits_with_null_is_found_out()
    {
        int count = 0;
        var broken = new BrokenPool(renting: (_, item) => Interlocked.Increment(ref count) == 1000 ? null! : item);

        Assert.StartsWith("invented: a hit came with null", Find(broken), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stack_that_is_not_safe_for_threads_is_found_out()
    {
        // Every operation of it is fine for one thread, so only contention can tell.
        bool found = false;
        for (int attempt = 0; attempt < 1000 && !found; attempt++)
        {
            var ledger = new ObjectLedger(16);
            found = Record.Exception(() => UseAndTakeStock(new UnsafeStackPool(ledger), ledger)) is LedgerException;
        }

        Assert.True(found);
    }

    private static string Find(BrokenPool broken) =>
        Assert.Throws<LedgerException>(() => UseAndTakeStock(broken, broken.Ledger)).Message;

    private static void UseAndTakeStock(IObjectPool<TrackedObject> pool, ObjectLedger ledger)
    {
        PoolScenario.Contend(pool, ledger, threadCount: 4, burstCount: 500, limit: 8, seed: 1);
        PoolScenario.ExpectEveryObject(pool, ledger);
    }

    private abstract class SimplePool : IObjectPool<TrackedObject>
    {
        public abstract int Capacity { get; }

        public abstract bool TryRent([MaybeNullWhen(false)] out TrackedObject item);

        public abstract void Return(TrackedObject item);

        public int Rent(Span<TrackedObject> items)
        {
            int count = 0;
            while (count < items.Length && TryRent(out var item))
            {
                items[count++] = item;
            }

            return count;
        }

        public void Return(ReadOnlySpan<TrackedObject> items)
        {
            foreach (var item in items)
            {
                Return(item);
            }
        }
    }

    private sealed class BrokenPool(
        Func<ConcurrentStack<TrackedObject>, TrackedObject, TrackedObject>? renting = null,
        Action<ConcurrentStack<TrackedObject>, TrackedObject>? returning = null) : SimplePool
    {
        private readonly ConcurrentStack<TrackedObject> _objects = new();
        private ObjectLedger? _ledger;

        // Made, and put into the pool, when the test starts.
        public ObjectLedger Ledger => _ledger ??= Fill();

        public override int Capacity => 16;

        public override bool TryRent([MaybeNullWhen(false)] out TrackedObject item)
        {
            if (!_objects.TryPop(out item))
            {
                return false;
            }

            item = renting is null ? item : renting(_objects, item);
            return true;
        }

        public override void Return(TrackedObject item)
        {
            if (returning is null)
            {
                _objects.Push(item);
            }
            else
            {
                returning(_objects, item);
            }
        }

        private ObjectLedger Fill()
        {
            var ledger = new ObjectLedger(Capacity);
            _objects.PushRange(ledger.Objects.ToArray());
            return ledger;
        }
    }

    private sealed class UnsafeStackPool(ObjectLedger ledger) : SimplePool
    {
        private readonly TrackedObject[] _objects = ledger.Objects.ToArray();
        private int _count = ledger.Objects.Length;
        private int _calls;

        public override int Capacity => _objects.Length;

        public override bool TryRent([MaybeNullWhen(false)] out TrackedObject item)
        {
            int index = _count - 1;
            BePreempted();
            item = index >= 0 && index < _objects.Length ? _objects[index] : null;
            _count = item is null ? _count : index;
            return item is not null;
        }

        public override void Return(TrackedObject item)
        {
            int index = _count;
            BePreempted();
            if (index >= 0 && index < _objects.Length)
            {
                _objects[index] = item;
                _count = index + 1;
            }
        }

        // Now and then another thread goes on in the worst place, also where the threads hardly ever run at the same time.
        private void BePreempted()
        {
            if ((++_calls & 15) == 0)
            {
                Thread.Yield();
            }
        }
    }
}
