using System.Runtime.CompilerServices;
using KretPool.Pools.Flagship;

namespace KretPool.Pools;

// Threads come and go: caches are made, taken over from threads that have ended, and dissolved. All of it under one lock,
// which a thread takes in its first operation, and later only if it needs an empty magazine and there is none.
public sealed partial class KretPool<T>
{
    private readonly Lock _membership = new();
    private readonly CacheList<T> _caches = new();
    private readonly Stack<int> _freeIndexes = [];
    private readonly WeakReference<KretPool<T>> _weakSelf;

    // By index. A null is a magazine that was dropped. Replaced when it grows.
    private Magazine<T>?[] _magazines = [];
    private int _magazineCount;
    private int _cachesMade;
    private bool _disposed;

    // What the caches of threads that have ended had counted.
    private PoolStatistics _ended = new(0, 0, 0, 0);

    /// <inheritdoc/>
    public long PoolBytes
    {
        get
        {
            lock (_membership)
            {
                return ((_magazineCount - _freeIndexes.Count) * (long)Magazine<T>.Bytes)
                    + (_magazines.Length * (long)IntPtr.Size)
                    + (_caches.All.Length * 128L)
                    + _loose.Sum(slots => slots.Bytes)
                    + (_parts.Length * (long)Unsafe.SizeOf<Padded<long>>())
                    + _map.Bytes;
            }
        }
    }

    /// <summary>How many threads have a cache of this pool, counting threads that have ended unnoticed.</summary>
    internal int CacheCount => _caches.All.Length;

    /// <summary>How many magazines there are.</summary>
    internal int MagazineCount
    {
        get
        {
            lock (_membership)
            {
                return _magazineCount - _freeIndexes.Count;
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Remote rents are counted when an object is brought in from another node; renting it again from the thread's own
    /// magazine does not count. Counts of threads that have ended stay in.
    /// </remarks>
    public PoolStatistics GetStatistics()
    {
        lock (_membership)
        {
            PoolStatistics sum = _ended;
            foreach (ThreadCache<T> cache in _caches.All)
            {
                sum = Add(sum, cache);
            }

            return sum;
        }
    }

    /// <summary>Dissolves the cache of a thread that has ended.</summary>
    /// <param name="cache">The cache.</param>
    internal void Retire(ThreadCache<T> cache)
    {
        lock (_membership)
        {
            // A new thread may have taken it over, or an earlier call may have dissolved it.
            if (cache.Owner.IsAlive || !_caches.All.Contains(cache))
            {
                return;
            }

            _caches.Remove(cache);
            _ended = Add(_ended, cache);
            Volatile.Write(ref cache.Serial, 0);
            foreach (Magazine<T> magazine in new[] { cache.Loaded, cache.Previous })
            {
                if (magazine.Count > 0)
                {
                    _parts[cache.Part].Push(magazine);
                }
                else
                {
                    _empty.Push(magazine);
                }
            }

            // The cache had brought two in.
            for (int i = 0; i < 2 && _empty.TryPop(ref _magazines, out var spare); i++)
            {
                Volatile.Write(ref _magazines[spare.Index], null);
                _freeIndexes.Push(spare.Index);
            }
        }
    }

    private static PoolStatistics Add(PoolStatistics sum, ThreadCache<T> cache) => new(
        sum.Hits + cache.Hits, sum.Misses + cache.Misses, sum.Steals + cache.Steals, sum.RemoteRents + cache.FromOtherNodes);

    private ThreadCache<T> Mine()
    {
        ThreadCache cache = ThreadCaches.Find(_id);
        return cache.Serial == _serial ? Unsafe.As<ThreadCache<T>>(cache) : Join();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ThreadCache<T> Join()
    {
        ThreadCache<T> mine;
        lock (_membership)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            mine = Orphan() ?? NewCache();
            mine.Owner = Thread.CurrentThread;
            mine.Part = _map.CurrentPart;
        }

        ThreadCaches.Set(_id, mine);
        return mine;
    }

    private ThreadCache<T>? Orphan()
    {
        foreach (ThreadCache<T> cache in _caches.All)
        {
            if (!cache.Owner.IsAlive)
            {
                // What the thread did last must be visible to its successor.
                Interlocked.MemoryBarrierProcessWide();
                return cache;
            }
        }

        return null;
    }

    private ThreadCache<T> NewCache()
    {
        var cache = new ThreadCache<T>(_weakSelf, _cachesMade++)
        {
            Serial = _serial,
            Loaded = NewMagazine(),
            Previous = NewMagazine(),
        };
        _caches.Add(cache);
        return cache;
    }

    private Magazine<T> NewMagazine()
    {
        lock (_membership)
        {
            if (!_freeIndexes.TryPop(out int index))
            {
                index = _magazineCount++;
                if (index == _magazines.Length)
                {
                    Magazine<T>?[] longer = _magazines;
                    Array.Resize(ref longer, Math.Max(8, index + (index / 2)));
                    Volatile.Write(ref _magazines, longer);
                }
            }

            var magazine = new Magazine<T>(index, _settings.FirstPosition);
            Volatile.Write(ref _magazines[index], magazine);
            return magazine;
        }
    }
}
