using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using KretPool.Pools.Flagship;

namespace KretPool.Pools;

/// <summary>
/// A lockless, NUMA-aware pool. A thread rents and returns from a small magazine of its own with plain loads and stores;
/// any other thread can still take what is in it.
/// </summary>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
/// <remarks>
/// <para>
/// Objects are in <em>magazines</em> of 32 (<see cref="Magazine{T}"/>): stealable stacks whose owner needs no fence. A
/// thread owns two. Full ones that no thread owns are on a lock-free stack for each part of the machine (the CPUs that
/// share a last-level cache), so that threads exchange 32 objects with one compare-and-swap. Sources: Bonwick and Adams
/// (magazines, 2001), Chase and Lev (the deque, 2005), Dice et al. (asymmetric synchronisation, 2001).
/// </para>
/// <para>
/// A rent looks in the thread's own magazines, then in the stacks of the parts, nearest first, then into other threads'
/// magazines, nearest first. It misses only if no object was free at some moment during the call: objects never travel
/// outside the magazines but straight into a caller's hand, so a look into all magazines after a process-wide barrier
/// proves the moment (see <c>KretPool.Shortage.cs</c>). No rent and no return waits for another thread,
/// but for an operation that has to allocate.
/// </para>
/// <para>
/// All members may be called from any thread. Objects come out last in, first out within a thread, in no order overall.
/// The pool allocates when a thread first uses it, and later only if no empty magazine is left for a thread whose own are
/// full. It holds on to its objects until it is collected or disposed; so does a thread for up to 64 objects of a pool that has been dropped, until the next two collections.
/// </para>
/// </remarks>
[PoolKind(
    "KretPool",
    Family = PoolFamily.Flagship,
    Progress = PoolProgress.LockFree,
    AbaAvoidance = "64-bit positions, tagged heads",
    NumaAware = true,
    Order = PoolOrder.Lifo,
    BytesPerObject = 12,
    BytesPerCpu = 256,
    Description = "A magazine per thread without fences, stealable by all; full magazines shared per last-level cache.")]
public sealed partial class KretPool<T> : IObjectPool<T>, IPoolMetrics, IDisposable
{
    private readonly PoolId _poolId;
    private readonly int _id;
    private readonly long _serial;

    // What a cache's serial must be for a return to stay in it: no cache's, where objects have nodes to go home to.
    private readonly long _returnSerial;
    private readonly ProcessorMap _map;
    private readonly KretPoolSettings _settings;
    private readonly Func<T, int>? _nodeOf;

    // While the pool is short of objects, a number that no other shortage of this pool has; else 0.
    private long _shortage;

    /// <summary>Makes a pool of the given objects.</summary>
    /// <param name="options">What the pool is built from.</param>
    public KretPool(PoolOptions<T> options)
        : this(options, KretPoolSettings.Usual)
    {
    }

    /// <summary>Makes a pool with other settings than the usual ones.</summary>
    /// <param name="options">What the pool is built from.</param>
    /// <param name="settings">The settings.</param>
    internal KretPool(PoolOptions<T> options, KretPoolSettings settings)
    {
        ArgumentNullException.ThrowIfNull(options);
        Capacity = options.Capacity;
        _settings = settings;
        _map = new ProcessorMap(options.Topology);
        _nodeOf = _map.NodeCount > 1 ? options.NodeOf : null;
        _weakSelf = new WeakReference<KretPool<T>>(this);
        _parts = [.. Enumerable.Range(0, _map.PartCount).Select(_ => new MagazineStack())];
        int looseSlots = settings.LooseSlotsPerNode(_map.NodeCount);
        _loose = [.. Enumerable.Range(0, _map.NodeCount).Select(_ => new LooseSlots<T>(looseSlots))];
        Fill(options);

        CacheList<T> caches = _caches;
        _poolId = new PoolId(() => caches.Clear());
        _id = _poolId.Value;
        _serial = _poolId.Serial;
        _returnSerial = _nodeOf is null ? _serial : -1;
    }

    /// <inheritdoc/>
    public int Capacity { get; }

    /// <inheritdoc/>
    /// <remarks>
    /// This and the return are inlined into their callers. What is seldom needed is in one call at the end, so that
    /// nothing has to be kept across it and all values stay in registers.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRent([MaybeNullWhen(false)] out T item)
    {
        ThreadCache cache = ThreadCaches.Find(_id);
        if (cache.Serial == _serial)
        {
            var mine = Unsafe.As<ThreadCache<T>>(cache);
            if (mine.Loaded.TryPopOneOfSeveral(out item))
            {
                mine.Hits++;
                return true;
            }
        }

        item = RentElsewhere(cache, out bool hit);
        return hit;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(T item)
    {
        ThreadCache cache = ThreadCaches.Find(_id);
        if (cache.Serial == _returnSerial)
        {
            if (Unsafe.As<ThreadCache<T>>(cache).Loaded.TryPush(item))
            {
                // Read after the push: that order is what makes a miss certain. See KretPool.Shortage.cs.
                if (Volatile.Read(ref _shortage) != 0)
                {
                    GiveUpOne();
                }

                return;
            }
        }

        ReturnElsewhere(item);
    }

    /// <inheritdoc/>
    public int Rent(Span<T> items)
    {
        ThreadCache<T> mine = Mine();
        int count = 0;
        while (count < items.Length)
        {
            int taken = mine.Loaded.PopMany(items[count..]);
            mine.Hits += taken;
            count += taken;
            if (count < items.Length)
            {
                if (!TryRent(out T? item))
                {
                    break;
                }

                items[count++] = item;
            }
        }

        return count;
    }

    /// <inheritdoc/>
    public void Return(ReadOnlySpan<T> items)
    {
        if (_nodeOf is not null)
        {
            foreach (T item in items)
            {
                Return(item);
            }

            return;
        }

        ThreadCache<T> mine = Mine();
        while (items.Length > 0)
        {
            int pushed = mine.Loaded.PushMany(items);
            items = items[pushed..];
            if (Volatile.Read(ref _shortage) != 0)
            {
                GiveUp(mine, pushed);
            }

            if (items.Length > 0)
            {
                MakeRoom(mine);
            }
        }
    }

    /// <summary>
    /// Gives up the pool's place in every thread at once, instead of when it is collected. No other member may be
    /// running or be called afterwards.
    /// </summary>
    public void Dispose()
    {
        _disposed = true;
        _poolId.Dispose();
    }
}
