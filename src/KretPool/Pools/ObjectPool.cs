using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace KretPool.Pools;

/// <summary>A pool of any kind, with a name, a lifetime, checks on request, and a way to wait for an object.</summary>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
/// <remarks>
/// <para>All members are safe to call from any thread. <see cref="ObjectPools"/> makes pools from factories, existing
/// objects and native memory.</para>
/// <para>The common path of a rent is one test of <c>_attention</c> and the algorithm; a return tests it twice. The
/// field is 0 unless the pool is closed, somebody waits, or an option asks for care, and it holds all three so that one
/// load answers for them.</para>
/// <para>Why the common path needs no fence. A return puts its object into the algorithm first and reads
/// <c>_attention</c> after. Whoever closes the pool, or starts to wait, writes <c>_attention</c> first and looks into
/// the algorithm after. One of the two must see the other, or an object would stay behind in a closed pool, or a waiter
/// would sleep beside a free object. The processor may hold back the return's store until after its load (x86-64 does so
/// with a plain store, arm64 even where the load acquires), so somewhere a full fence must stand between store and load,
/// on both sides. Closing and waiting are rare and pay for both:
/// <see cref="Interlocked.MemoryBarrierProcessWide"/> makes every thread of the process pass a full fence (membarrier
/// on Linux, FlushProcessWriteBuffers on Windows). If a return's load ran before that fence, its store is visible after
/// it and the closing thread finds the object; if it ran later, it sees the flag and looks after its object itself. The
/// compiler keeps the order, because the load is volatile and the store is in a call or is itself ordered.</para>
/// </remarks>
public sealed partial class ObjectPool<T> : IObjectPool<T>, IDisposable
{
    private const int Closed = 1;
    private const int Careful = 2;
    private const int Waiter = 4;

    private readonly IObjectPool<T> _pool;
    private readonly ObjectPoolOptions<T> _options;
    private readonly SemaphoreSlim _returned = new(0);

    // Closed and Careful are bits, above them the number of waiters.
    private volatile int _attention;

    /// <summary>Makes a pool of given objects.</summary>
    /// <param name="kind">The algorithm it runs on.</param>
    /// <param name="objects">What the pool is built from.</param>
    /// <param name="options">How the pool treats its objects; null for the fastest way.</param>
    /// <exception cref="ArgumentException">An object is null or there twice; nothing is released.</exception>
    public ObjectPool(PoolKind kind, PoolOptions<T> objects, ObjectPoolOptions<T>? options = null)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(objects);
        Kind = kind;
        _options = options ?? new ObjectPoolOptions<T>();
        Name = _options.Name ?? kind.Name;
        RequireDistinct(objects.Objects.Span);
        foreach (T item in objects.Objects.Span)
        {
            _options.Initializer?.Invoke(item);
        }

        _grows = kind.Grows;
        _made = objects.Capacity;
        _holds = _grows ? 1 : objects.Capacity + 1;
        _book = NewBook(objects);
        _counter = _options.CountRents ? new RentCounter(objects.Topology) : null;
        _attention = _grows || _book is not null || _counter is not null || _options.Reset is not null ? Careful : 0;
        _pool = kind.Create(_grows ? WithGrowth(objects) : objects);
    }

    /// <summary>The pool's name, for messages and lists.</summary>
    public string Name { get; }

    /// <summary>The algorithm that the pool runs on.</summary>
    public PoolKind Kind { get; }

    /// <inheritdoc/>
    public int Capacity => _pool.Capacity;

    /// <summary>Bytes that the algorithm itself uses, without the objects; null if the kind does not tell.</summary>
    public long? PoolBytes => (_pool as IPoolMetrics)?.PoolBytes;

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The pool is closed.</exception>
    public bool TryRent([MaybeNullWhen(false)] out T item)
    {
        if (_attention != 0)
        {
            return TryRentAttentively(out item);
        }

        return _pool.TryRent(out item) || Missed();
    }

    /// <inheritdoc/>
    /// <remarks>Returning to a closed pool is right: the object is released instead of kept.</remarks>
    /// <exception cref="ArgumentNullException">The object is null.</exception>
    /// <exception cref="ArgumentException">Checked: the object did not come from this pool.</exception>
    /// <exception cref="InvalidOperationException">Checked: the object is not out.</exception>
    public void Return(T item)
    {
        if (_attention != 0 || IsNull(item))
        {
            ReturnAttentively(item);
            return;
        }

        _pool.Return(item);
        if (_attention != 0)
        {
            Attend(returnedCount: 1);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The pool is closed.</exception>
    public int Rent(Span<T> items)
    {
        if (_attention != 0)
        {
            return RentAttentively(items);
        }

        int count = _pool.Rent(items);
        if (count < items.Length)
        {
            Missed();
        }

        return count;
    }

    /// <inheritdoc/>
    /// <remarks>If an object is refused, those before it have been returned and those after it are still out.</remarks>
    /// <exception cref="ArgumentNullException">An object is null.</exception>
    /// <exception cref="ArgumentException">Checked: an object did not come from this pool.</exception>
    /// <exception cref="InvalidOperationException">Checked: an object is not out.</exception>
    public void Return(ReadOnlySpan<T> items)
    {
        if (_attention != 0 || HoldsNull(items))
        {
            foreach (T item in items)
            {
                ReturnAttentively(item);
            }

            return;
        }

        _pool.Return(items);
        if (_attention != 0)
        {
            Attend(items.Length);
        }
    }

    /// <summary>Takes an object out, and waits for one if none is free.</summary>
    /// <param name="item">The object, or the default value on a miss.</param>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns><see langword="true"/> on a hit, <see langword="false"/> if the time ran out.</returns>
    /// <remarks>
    /// The thread sleeps until an object is returned. Whoever comes first gets it: a thread that rents at that moment may
    /// win against one that has waited long. With a kind that can strand objects a wait may run out although one is free.
    /// Statistics count every look of a wait as a rent.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative, or longer than 24 days.</exception>
    /// <exception cref="ObjectDisposedException">The pool is closed, or was closed during the wait.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public bool TryRent(
        [MaybeNullWhen(false)] out T item, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        bool endless = timeout == Timeout.InfiniteTimeSpan;
        if (!endless && (timeout < TimeSpan.Zero || timeout.TotalMilliseconds > int.MaxValue))
        {
            throw new ArgumentOutOfRangeException(
                nameof(timeout), timeout, "A wait is from 0 to 24 days, or Timeout.InfiniteTimeSpan (-1 ms).");
        }

        if (TryRent(out item))
        {
            return true;
        }

        if (timeout == TimeSpan.Zero)
        {
            return false;
        }

        long start = Stopwatch.GetTimestamp();
        Interlocked.Add(ref _attention, Waiter);
        Interlocked.MemoryBarrierProcessWide();
        try
        {
            while (!TryRent(out item))
            {
                var left = endless ? timeout : timeout - Stopwatch.GetElapsedTime(start);
                if (!endless && left <= TimeSpan.Zero)
                {
                    return false;
                }

                _returned.Wait(left, cancellationToken);
            }

            return true;
        }
        finally
        {
            Interlocked.Add(ref _attention, -Waiter);
        }
    }

    /// <summary>Rents an object until the lease is disposed: for <c>using</c>, or <c>try</c> and <c>finally</c>.</summary>
    /// <returns>The lease. It is an allocation of its own, which <see cref="TryRent(out T)"/> saves.</returns>
    /// <exception cref="InvalidOperationException">No object is free.</exception>
    /// <exception cref="ObjectDisposedException">The pool is closed.</exception>
    public PoolLease<T> Lease() =>
        TryRent(out T? item)
            ? new PoolLease<T>(this, item)
            : throw new InvalidOperationException(
                $"All {Capacity} objects of the pool '{Name}' are out. Give a timeout to wait for one.");

    /// <summary>Rents an object until the lease is disposed, and waits for one if none is free.</summary>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lease.</returns>
    /// <exception cref="TimeoutException">The time ran out.</exception>
    /// <exception cref="ObjectDisposedException">The pool is closed, or was closed during the wait.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public PoolLease<T> Lease(TimeSpan timeout, CancellationToken cancellationToken = default) =>
        TryRent(out T? item, timeout, cancellationToken)
            ? new PoolLease<T>(this, item)
            : throw new TimeoutException($"No object of the pool '{Name}' became free within {timeout}.");

    /// <summary>Reads the counters: the pool's own where it counts, else those of the kind.</summary>
    /// <returns>A snapshot; counts of threads that run meanwhile may lag by a few.</returns>
    public PoolStatistics GetStatistics()
    {
        var kind = (_pool as IPoolMetrics)?.GetStatistics();
        var own = _counter?.Read();
        return (own, kind) switch
        {
            (null, null) => new PoolStatistics(null, null, null, null),
            (null, _) => kind,
            (_, null) => own,
            _ => kind with
            {
                Hits = own.Hits,
                Misses = own.Misses,
                PerCpu = kind.PerCpu.Count > 0 ? kind.PerCpu : own.PerCpu,
            },
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    // A rent that missed may have hidden an object from a thread that was closing the pool, as one that holds a lock for
    // a moment does; so it looks again.
    private bool Missed()
    {
        if ((_attention & Closed) != 0)
        {
            ReleaseFreeObjects();
        }

        return false;
    }

    // What a return owes to others after its object is in: to take it out again if the pool was closed meanwhile, or to
    // wake whoever waits.
    private void Attend(int returnedCount)
    {
        int attention = _attention;
        if ((attention & Closed) != 0)
        {
            ReleaseFreeObjects();
        }

        int waiters = attention / Waiter;
        if (waiters > 0)
        {
            Wake(Math.Min(returnedCount, waiters), waiters);
        }
    }

    // A permit that is there already will be taken by a waiter that then finds the object: it took the permit after the
    // fence, and the object was in before. So permits never pile up beyond the number of waiters.
    private void Wake(int count, int waiters)
    {
        Interlocked.MemoryBarrier();
        if (_returned.CurrentCount < waiters)
        {
            _returned.Release(count);
        }
    }

    private static bool IsNull(T item) =>
        item is null || (typeof(T).IsValueType && EqualityComparer<T>.Default.Equals(item, default));

    private static bool HoldsNull(ReadOnlySpan<T> items)
    {
        foreach (T item in items)
        {
            if (IsNull(item))
            {
                return true;
            }
        }

        return false;
    }
}
