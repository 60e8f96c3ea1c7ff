using System.Diagnostics.CodeAnalysis;
using KretPool.Pools;

namespace KretPool.Tests.Pools;

/// <summary>
/// The moments in which closing and waiting meet a rent or a return that is half done, held open by a kind that calls
/// back in its middle.
/// </summary>
public class ClosingRaceTests
{
    [Fact]
    public void An_object_on_its_way_in_while_the_pool_is_closed_is_released()
    {
        var (pool, slot) = NewPool();
        Assert.True(pool.TryRent(out object? item));
        slot.BeforeReturn = pool.Close;

        pool.Return(item);

        Assert.True(pool.IsEnded);
    }

    [Fact]
    public void Several_objects_on_their_way_in_while_the_pool_is_closed_are_released()
    {
        var (pool, slot) = NewPool();
        Assert.True(pool.TryRent(out object? item));
        slot.BeforeReturn = pool.Close;

        pool.Return([item]);

        Assert.True(pool.IsEnded);
    }

    [Fact]
    public void An_object_on_its_way_in_while_a_thread_falls_asleep_wakes_it()
    {
        var (pool, slot) = NewPool();
        Assert.True(pool.TryRent(out object? item));
        object? got = null;
        var waiter = new Thread(() => pool.TryRent(out got, Timeout.InfiniteTimeSpan)) { IsBackground = true };
        slot.BeforeReturn = () =>
        {
            waiter.Start();
            SpinWait.SpinUntil(() => waiter.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
        };

        pool.Return(item);

        Assert.True(waiter.Join(TimeSpan.FromMinutes(1)));
        Assert.Same(item, got);
    }

    [Fact]
    public void An_object_that_a_missing_rent_hid_while_the_pool_was_closed_is_released()
    {
        var (pool, slot) = NewPool();
        slot.WhileHidden = pool.Close;

        Assert.False(pool.TryRent(out _));

        Assert.True(pool.IsEnded);
    }

    [Fact]
    public void Likewise_in_bulk()
    {
        var (pool, slot) = NewPool();
        slot.WhileHidden = pool.Close;

        Assert.Equal(0, pool.Rent(new object[2]));

        Assert.True(pool.IsEnded);
    }

    [Fact]
    public void Closing_and_returning_at_the_same_moment_strands_nothing()
    {
        // The return stores without a fence, then reads whether the pool is closed; processors let the load overtake the
        // store. The process-wide fence in Close makes up for it. No test can force the overtaking, only invite it.
        const int rounds = 2_000;
        var items = new object();
        int turn = 0;
        int stranded = 0;
        ObjectPool<object> pool = null!;
        Contract.PoolScenario.RunThreads(2, thread =>
        {
            for (int round = 1; round <= rounds; round++)
            {
                if (thread == 1)
                {
                    pool = NewPool(items).Pool;
                    pool.TryRent(out object? item);
                    Meet(ref turn, 2 * round);
                    pool.Return(item!);
                    Meet(ref turn, (2 * round) + 1);
                    stranded += pool.IsEnded ? 0 : 1;
                }
                else
                {
                    Meet(ref turn, 2 * round);
                    pool.Close();
                    Meet(ref turn, (2 * round) + 1);
                }
            }
        });

        Assert.Equal(0, stranded);
    }

    private static (ObjectPool<object> Pool, SlotPool<object> Slot) NewPool(object? item = null)
    {
        var options = new PoolOptions<object>(new[] { item ?? new object() });
        var pool = new ObjectPool<object>(PoolKind.From(typeof(SlotPool<>)), options);
        return (pool, (SlotPool<object>)SlotPools.Latest!);
    }

    // Two threads meet: the second to come lets both go on.
    private static void Meet(ref int turn, int meeting)
    {
        if (Interlocked.Increment(ref turn) == 2 * (meeting - 1))
        {
            return;
        }

        var spin = new SpinWait();
        while (Volatile.Read(ref turn) < 2 * (meeting - 1))
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }
}

/// <summary>A pool of one object that is stored without a fence, and that calls back in the middle of its work.</summary>
/// <typeparam name="T">The type of the objects.</typeparam>
[PoolKind("Slot", Description = "One slot, for tests.")]
public sealed class SlotPool<T> : IObjectPool<T>
{
    private object? _item;

    /// <summary>Makes a pool of one object.</summary>
    /// <param name="options">What the pool is built from.</param>
    public SlotPool(PoolOptions<T> options)
    {
        _item = options.Objects.Span[0];
        SlotPools.Latest = this;
    }

    /// <summary>Called once, before an object goes in.</summary>
    public Action? BeforeReturn { get; set; }

    /// <summary>Called once, while a rent that will miss keeps the object out of sight.</summary>
    public Action? WhileHidden { get; set; }

    /// <inheritdoc/>
    public int Capacity => 1;

    /// <inheritdoc/>
    public bool TryRent([MaybeNullWhen(false)] out T item)
    {
        object? taken = Interlocked.Exchange(ref _item, null);
        if (WhileHidden is { } action)
        {
            WhileHidden = null;
            action();
            _item = taken;
            taken = null;
        }

        item = (T?)taken;
        return taken is not null;
    }

    /// <inheritdoc/>
    public void Return(T item)
    {
        if (BeforeReturn is { } action)
        {
            BeforeReturn = null;
            action();
        }

        _item = item;
    }

    /// <inheritdoc/>
    public int Rent(Span<T> items) => items.Length > 0 && TryRent(out items[0]!) ? 1 : 0;

    /// <inheritdoc/>
    public void Return(ReadOnlySpan<T> items)
    {
        foreach (T item in items)
        {
            Return(item);
        }
    }
}

/// <summary>Finds the pool behind an <see cref="ObjectPool{T}"/>, which keeps it to itself.</summary>
internal static class SlotPools
{
    [ThreadStatic]
    private static object? t_latest;

    /// <summary>The pool that this thread made last.</summary>
    public static object? Latest
    {
        get => t_latest;
        set => t_latest = value;
    }
}
