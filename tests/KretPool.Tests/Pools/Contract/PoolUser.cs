using KretPool.Pools;

namespace KretPool.Tests.Pools.Contract;

/// <summary>
/// One thread's use of a pool: rents and returns at random, alone and in bulk, and keeps the ledger. For one thread.
/// </summary>
/// <typeparam name="T">The type of the objects.</typeparam>
/// <param name="pool">The pool.</param>
/// <param name="ledger">The ledger over its objects.</param>
/// <param name="owner">The number under which this user is in the ledger; not 0.</param>
/// <param name="seed">Where the random choices start.</param>
/// <param name="limit">The most objects that this user holds at once.</param>
public sealed class PoolUser<T>(IObjectPool<T> pool, OwnershipLedger<T> ledger, int owner, int seed, int limit)
{
    private readonly Random _random = new(HashCode.Combine(seed, owner));
    private readonly T[] _held = new T[limit];
    private int _count;

    /// <summary>Rents that got an object.</summary>
    public long Hits { get; private set; }

    /// <summary>Rents of one object that found none.</summary>
    public long Misses { get; private set; }

    /// <summary>How many objects this user has now.</summary>
    public int HeldCount => _count;

    /// <summary>Rents some objects, may pause, and returns some, all as chance has it.</summary>
    public void Burst()
    {
        int wanted = _random.Next(1, limit + 1);
        if (_random.Next(2) == 0)
        {
            RentOneByOne(wanted);
        }
        else
        {
            RentInBulk(wanted);
        }

        if (_random.Next(16) == 0)
        {
            Thread.Yield();
        }

        Shuffle();
        int back = _random.Next(0, _count + 1);
        if (_random.Next(2) == 0)
        {
            ReturnOneByOne(back);
        }
        else
        {
            ReturnInBulk(back);
        }
    }

    /// <summary>Rents up to a number of objects, each by itself, and stops at a miss.</summary>
    /// <param name="wanted">How many, if this user may hold that many.</param>
    /// <returns>How many came.</returns>
    public int RentOneByOne(int wanted)
    {
        int before = _count;
        int last = Math.Min(limit, _count + wanted);
        while (_count < last)
        {
            if (!pool.TryRent(out T? item))
            {
                Misses++;
                break;
            }

            ledger.TakeOut(item, owner);
            _held[_count++] = item;
        }

        Hits += _count - before;
        return _count - before;
    }

    /// <summary>Rents up to a number of objects at once.</summary>
    /// <param name="wanted">How many, if this user may hold that many.</param>
    /// <returns>How many came.</returns>
    public int RentInBulk(int wanted)
    {
        Span<T> room = _held.AsSpan(_count, Math.Min(wanted, limit - _count));
        int got = pool.Rent(room);
        if (got < 0 || got > room.Length)
        {
            throw new LedgerException($"invented: {got} objects came out where {room.Length} were asked for");
        }

        foreach (T item in room[..got])
        {
            ledger.TakeOut(item, owner);
        }

        _count += got;
        Hits += got;
        return got;
    }

    /// <summary>Returns everything.</summary>
    public void ReturnAll() => ReturnInBulk(_count);

    /// <summary>Returns objects one by one, the last rented first.</summary>
    /// <param name="count">How many.</param>
    public void ReturnOneByOne(int count)
    {
        for (; count > 0; count--)
        {
            T item = _held[--_count];
            ledger.GiveBack(item, owner);
            pool.Return(item);
        }
    }

    /// <summary>Returns objects at once, those rented last.</summary>
    /// <param name="count">How many.</param>
    public void ReturnInBulk(int count)
    {
        Span<T> back = _held.AsSpan(_count - count, count);
        foreach (T item in back)
        {
            ledger.GiveBack(item, owner);
        }

        _count -= count;
        pool.Return((ReadOnlySpan<T>)back);
    }

    private void Shuffle() => _random.Shuffle(_held.AsSpan(0, _count));
}
