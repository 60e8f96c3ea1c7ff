using KretPool.Pools;

namespace KretPool.Tests.Pools;

/// <summary>What <see cref="ObjectPool{T}"/> does around the algorithm it runs on.</summary>
public class ObjectPoolTests
{
    private static readonly PoolKind s_kind = PoolKinds.Get("ConcurrentBag");

    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    [Fact]
    public void A_pool_has_the_name_that_it_was_given_or_that_of_its_kind()
    {
        Assert.Equal("lines", NewPool(1, new() { Name = "lines" }).Name);
        Assert.Equal("ConcurrentBag", NewPool(1).Name);
    }

    [Fact]
    public void The_initialiser_is_called_once_for_each_object()
    {
        var seen = new List<object>();

        using var pool = NewPool(5, new() { Initializer = seen.Add });
        Assert.True(pool.TryRent(out object? item));
        pool.Return(item);
        Assert.True(pool.TryRent(out _));

        Assert.Equal(5, seen.Distinct().Count());
        Assert.Equal(5, seen.Count);
    }

    [Fact]
    public void An_object_is_reset_on_its_return()
    {
        var seen = new List<object>();
        using var pool = NewPool(1, new() { Reset = seen.Add });

        Assert.True(pool.TryRent(out object? item));
        Assert.Empty(seen);
        pool.Return(item);

        Assert.Equal([item], seen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_object_whose_reset_fails_stays_out_and_can_be_returned_again_or_dropped(bool isChecked)
    {
        bool fail = true;
        using var pool = NewPool(1, new()
        {
            Checked = isChecked,
            Reset = _ => FailIf(fail),
        });
        Assert.True(pool.TryRent(out object? item));

        Assert.Throws<IOException>(() => pool.Return(item));
        Assert.False(pool.TryRent(out _));

        fail = false;
        pool.Return(item);
        Assert.True(pool.TryRent(out object? again));
        pool.Drop(again);
        pool.Close();
        Assert.True(pool.IsEnded);
    }

    [Fact]
    public void A_failing_release_does_not_keep_the_others_from_being_released_and_is_told()
    {
        int released = 0;
        bool ended = false;
        var pool = NewPool(3, new()
        {
            ReleaseObject = _ => FailIf(++released == 2),
            Released = () => ended = true,
        });

        var error = Assert.Throws<AggregateException>(pool.Close);

        Assert.IsType<IOException>(Assert.Single(error.InnerExceptions));
        Assert.Equal(3, released);
        Assert.True(ended);
    }

    [Fact]
    public void A_wait_ends_when_its_time_is_over()
    {
        using var pool = NewPool(1);
        Assert.True(pool.TryRent(out _));

        Assert.False(pool.TryRent(out object? missed, TimeSpan.FromMilliseconds(20), _cancel));
        Assert.Null(missed);
        Assert.False(pool.TryRent(out _, TimeSpan.Zero, _cancel));
    }

    [Fact]
    public void A_wait_ends_when_it_is_cancelled()
    {
        using var pool = NewPool(1);
        using var cancellation = new CancellationTokenSource();
        Assert.True(pool.TryRent(out object? item));

        var wait = Task.Run(() => pool.TryRent(out _, Timeout.InfiniteTimeSpan, cancellation.Token), _cancel);
        cancellation.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => wait.GetAwaiter().GetResult());
        pool.Return(item);
        Assert.True(pool.TryRent(out _));
    }

    [Fact]
    public void A_wait_ends_when_the_pool_is_closed()
    {
        using var pool = NewPool(1);
        Assert.True(pool.TryRent(out object? item));

        var wait = Task.Run(() => pool.TryRent(out _, Timeout.InfiniteTimeSpan, _cancel), _cancel);
        pool.Close();

        Assert.Throws<ObjectDisposedException>(() => wait.GetAwaiter().GetResult());
        pool.Return(item);
        Assert.True(pool.IsEnded);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(1L << 40)]
    public void A_wait_that_is_negative_or_too_long_is_refused(long milliseconds)
    {
        using var pool = NewPool(1);

        Assert.Throws<ArgumentOutOfRangeException>(() =>
            pool.TryRent(out _, TimeSpan.FromMilliseconds(milliseconds), _cancel));
    }

    [Fact]
    public void Many_waiters_share_few_objects_and_none_sleeps_for_ever()
    {
        using var pool = NewPool(2, new() { Checked = true });
        Contract.PoolScenario.RunThreads(8, _ =>
        {
            for (int i = 0; i < 200; i++)
            {
                Assert.True(pool.TryRent(out object? item, Timeout.InfiniteTimeSpan, _cancel));
                pool.Return(item);
            }
        });
    }

    [Fact]
    public void A_lease_returns_its_object_once()
    {
        using var pool = NewPool(1, new() { Checked = true });
        var lease = pool.Lease();
        object item = lease.Value;

        lease.Dispose();
        lease.Dispose();

        Assert.Throws<ObjectDisposedException>(() => lease.Value);
        using var again = pool.Lease(TimeSpan.Zero, _cancel);
        Assert.Same(item, again.Value);
    }

    [Fact]
    public void A_lease_of_an_exhausted_pool_tells_so()
    {
        using var pool = NewPool(1, new() { Name = "lines" });
        using var lease = pool.Lease();

        Assert.Contains("'lines'", Assert.Throws<InvalidOperationException>(pool.Lease).Message, StringComparison.Ordinal);
        Assert.Throws<TimeoutException>(() => pool.Lease(TimeSpan.FromMilliseconds(1), _cancel));
    }

    [Fact]
    public void A_pool_that_counts_tells_hits_misses_and_what_is_out()
    {
        using var pool = NewPool(2, new() { CountRents = true });
        pool.TryRent(out object? first);
        pool.TryRent(out _);
        pool.TryRent(out _);
        pool.Rent(new object[3]);
        pool.Return(first!);

        var statistics = pool.GetStatistics();

        Assert.Equal((2, 2), (statistics.Hits, statistics.Misses));
        Assert.Equal(1, pool.RentedCount);
    }

    [Fact]
    public void A_pool_that_does_not_count_tells_nothing_rather_than_zero()
    {
        using var pool = NewPool(1);

        Assert.Equal(new PoolStatistics(null, null, null, null), pool.GetStatistics());
        Assert.Null(pool.RentedCount);
    }

    [Fact]
    public void An_object_that_is_there_twice_is_refused()
    {
        object twice = new();

        var error = Assert.Throws<ArgumentException>(() => ObjectPools.FromObjects(s_kind, [twice, new(), twice]));

        Assert.Contains("Object 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Objects_that_are_equal_but_not_the_same_are_two()
    {
        using var pool = ObjectPools.FromObjects(s_kind, [new string('a', 1), new string('a', 1)], new() { Checked = true });

        Assert.Equal(2, pool.Rent(new string[3]));
    }

    [Fact]
    public void A_null_among_existing_objects_is_refused() =>
        Assert.Throws<ArgumentException>(() => ObjectPools.FromObjects(s_kind, [new object(), null!]));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData((1 << 24) + 1)]
    public void A_capacity_out_of_range_is_refused_before_the_factory_runs(int capacity)
    {
        int made = 0;

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => ObjectPools.Create<object>(s_kind, capacity, () => ++made));

        Assert.Equal(capacity, error.ActualValue);
        Assert.Equal(0, made);
    }

    [Fact]
    public void What_a_factory_made_before_it_threw_is_released()
    {
        var lines = new List<Line>();
        Line Make() => lines.Count < 3 ? new Line(lines) : throw new IOException("no line left");

        var error = Assert.Throws<IOException>(() => ObjectPools.Create(s_kind, 5, Make));

        Assert.Equal("no line left", error.Message);
        Assert.Equal(3, lines.Count);
        Assert.All(lines, line => Assert.Equal(1, line.DisposeCount));
    }

    [Fact]
    public void What_a_factory_made_before_an_initialiser_threw_is_released()
    {
        var lines = new List<Line>();
        int seen = 0;

        Assert.Throws<IOException>(() => ObjectPools.Create(s_kind, 3, () => new Line(lines), new()
        {
            Initializer = _ => FailIf(++seen == 2),
        }));

        Assert.Equal(3, lines.Count);
        Assert.All(lines, line => Assert.Equal(1, line.DisposeCount));
    }

    [Fact]
    public void A_factory_that_makes_null_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => ObjectPools.Create<object>(s_kind, 1, () => null!));

    [Fact]
    public void A_pool_disposes_of_what_its_factory_made_and_leaves_existing_objects_alone()
    {
        var made = new List<Line>();
        ObjectPools.Create(s_kind, 2, () => new Line(made)).Close();
        var existing = new List<Line>();
        ObjectPools.FromObjects(s_kind, [new Line(existing)]).Close();

        Assert.All(made, line => Assert.Equal(1, line.DisposeCount));
        Assert.All(existing, line => Assert.Equal(0, line.DisposeCount));
    }

    [Fact]
    public void A_pool_that_grows_takes_new_objects_into_its_books()
    {
        var kind = Contract.ContractKinds.Get("DefaultObjectPool");
        var made = new List<Line>();
        var pool = ObjectPools.Create(kind, 1, () => new Line(made), new() { Checked = true });
        Assert.True(pool.TryRent(out var first));
        Assert.True(pool.TryRent(out var second));
        pool.Return(first);

        pool.Close();
        Assert.False(pool.IsEnded);
        Assert.Equal(1, pool.RentedCount);
        pool.Return(second);

        Assert.True(pool.IsEnded);
        Assert.Equal(2, made.Count);
        Assert.All(made, line => Assert.Equal(1, line.DisposeCount));
    }

    private static ObjectPool<object> NewPool(int capacity, ObjectPoolOptions<object>? options = null) =>
        ObjectPools.FromObjects(s_kind, Enumerable.Range(0, capacity).Select(_ => new object()), options);

    private static void FailIf(bool condition)
    {
        if (condition)
        {
            throw new IOException("The line is broken.");
        }
    }

    private sealed class Line : IDisposable
    {
        public Line(List<Line> all) => all.Add(this);

        public int DisposeCount { get; private set; }

        public void Dispose() => DisposeCount++;
    }
}
