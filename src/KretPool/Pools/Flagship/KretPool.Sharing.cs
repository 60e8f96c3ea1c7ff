using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KretPool.Pools.Flagship;

namespace KretPool.Pools;

// Off the hot path: what threads share, and how an object gets from one to another.
public sealed partial class KretPool<T>
{
    private readonly MagazineStack[] _parts;
    private readonly MagazineStack _empty = new();
    private readonly LooseSlots<T>[] _loose;

    // For a rent that found one object or none in the loaded magazine, and for a thread's first. It gives the object as
    // its result, so that the caller can keep it in a register. Short, so that a pool that stays exhausted does not cost
    // more; a certificate covers this thread's magazines too.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private T? RentElsewhere(ThreadCache cache, out bool hit)
    {
        T? item;
        ThreadCache<T> mine;
        if (cache.Serial != _serial)
        {
            mine = Join();
        }
        else
        {
            mine = Unsafe.As<ThreadCache<T>>(cache);
            if (mine.Loaded.TryPopLast(out item))
            {
                hit = Hit(mine);
                return item;
            }
        }

        long shortage = Volatile.Read(ref _shortage);
        hit = shortage != 0 && IsCertifiedEmpty(shortage) ? Miss(mine, out item) : Search(mine, out item);
        return item;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Search(ThreadCache<T> mine, [MaybeNullWhen(false)] out T item)
    {
        while (true)
        {
            if (mine.Previous.Count > 0)
            {
                (mine.Loaded, mine.Previous) = (mine.Previous, mine.Loaded);
            }

            if (mine.Loaded.Count > 0)
            {
                if (mine.Loaded.TryPop(out item))
                {
                    return Hit(mine);
                }

                continue;
            }

            long shortage = Volatile.Read(ref _shortage);
            if (shortage != 0 && IsCertifiedEmpty(shortage))
            {
                return Miss(mine, out item);
            }

            mine.Part = _map.CurrentPart;
            if (shortage != 0 && TryTakeLoose(mine, out item))
            {
                if (++mine.LooseInARow == _settings.PlentyAfter)
                {
                    mine.LooseInARow = 0;
                    EndShortage(shortage);
                }

                return Hit(mine);
            }

            if (TryLoadFull(mine))
            {
                mine.StealsInARow = 0;
                continue;
            }

            if ((shortage == 0 && TryTakeLoose(mine, out item)) || TrySteal(mine, out item))
            {
                return Hit(mine);
            }

            if (shortage == 0)
            {
                BeginShortage();
            }
            else if (TryCertifyEmpty(shortage, out Magazine<T>? stray))
            {
                return Miss(mine, out item);
            }
            else if (stray is not null && stray.TrySteal(out item))
            {
                mine.Steals++;
                return Hit(mine);
            }
        }
    }

    // For a return that found the loaded magazine full, for a thread's first, and where objects have nodes.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReturnElsewhere(T item)
    {
        ThreadCache<T> mine = Mine();
        if (_nodeOf is not null)
        {
            mine.Part = _map.CurrentPart;
            int home = _map.NodeOfId(_nodeOf(item));
            if (home >= 0 && home != _map.NodeOfPart(mine.Part) && TryPutLoose(mine, item, home))
            {
                return;
            }
        }

        PushWithRoom(mine, item);
        if (Volatile.Read(ref _shortage) != 0)
        {
            GiveUp(mine, pushed: 1);
        }
    }

    // Finds the cache again, so that an inlined return need not keep it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GiveUpOne() => GiveUp(Mine(), pushed: 1);

    // The pool is short of objects, so what was just pushed goes where the others look.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GiveUp(ThreadCache<T> mine, int pushed)
    {
        for (long shortage; (shortage = Volatile.Read(ref _shortage)) != 0 && pushed > 0; pushed--)
        {
            if (!mine.Loaded.TryPop(out T? item))
            {
                return; // A thief was faster.
            }

            PreemptionPoint.Reach("giving up: object in hand");
            if (!TryPutLoose(mine, item, _map.NodeOfPart(mine.Part)))
            {
                // So many are free that this is no shortage.
                EndShortage(shortage);
                PushWithRoom(mine, item);
                pushed++;
            }
        }
    }

    private void PushWithRoom(ThreadCache<T> mine, T item)
    {
        while (!mine.Loaded.TryPush(item))
        {
            MakeRoom(mine);
        }
    }

    private void MakeRoom(ThreadCache<T> mine)
    {
        if (mine.Previous.Count < Magazine<T>.Size)
        {
            (mine.Loaded, mine.Previous) = (mine.Previous, mine.Loaded);
            return;
        }

        mine.Part = _map.CurrentPart;
        Magazine<T> full = mine.Previous;
        mine.Previous = mine.Loaded;
        mine.Loaded = _empty.TryPop(ref _magazines, out var empty) ? empty : NewMagazine();
        _parts[mine.Part].Push(full);
    }

    // Takes over a magazine that belongs to no thread, nearest first.
    private bool TryLoadFull(ThreadCache<T> mine)
    {
        foreach (int part in _map.PartsByDistance(mine.Part))
        {
            if (_parts[part].TryPop(ref _magazines, out var full))
            {
                PreemptionPoint.Reach("loading a magazine: it is in no stack and no cache");
                _empty.Push(mine.Previous);
                mine.Previous = mine.Loaded;
                mine.Loaded = full;
                if (_map.NodeOfPart(part) != _map.NodeOfPart(mine.Part))
                {
                    mine.FromOtherNodes += full.Count;
                }

                return true;
            }
        }

        return false;
    }

    // Takes one object from the nearest thread that has any, straight into the caller's hand.
    private bool TrySteal(ThreadCache<T> mine, [MaybeNullWhen(false)] out T item)
    {
        while (Victim(mine) is { } victim)
        {
            Magazine<T> magazine = victim.Previous.Count > 0 ? victim.Previous : victim.Loaded;
            if (magazine.TrySteal(out item))
            {
                mine.Steals++;
                if (_map.NodeOfPart(victim.Part) != _map.NodeOfPart(mine.Part))
                {
                    mine.FromOtherNodes++;
                }

                // A steal costs a process-wide barrier. Many in a row mean that the objects are few and always in the
                // wrong hands, and then the loose slots are the cheaper place for them.
                if (++mine.StealsInARow == _settings.ShortAfter)
                {
                    mine.StealsInARow = 0;
                    BeginShortage();
                }

                return true;
            }
        }

        item = default;
        return false;
    }

    private ThreadCache<T>? Victim(ThreadCache<T> mine)
    {
        ThreadCache<T>[] caches = _caches.All;
        ThreadCache<T>? nearest = null;
        int distance = int.MaxValue;
        for (int i = 0; i < caches.Length; i++)
        {
            ThreadCache<T> other = caches[(mine.Index + i) % caches.Length];
            int away = _map.Distance(mine.Part, other.Part);
            if (away < distance && other != mine && (other.Previous.Count > 0 || other.Loaded.Count > 0))
            {
                (nearest, distance) = (other, away);
            }
        }

        return nearest;
    }

    private bool TryTakeLoose(ThreadCache<T> mine, [MaybeNullWhen(false)] out T item)
    {
        int own = _map.NodeOfPart(mine.Part);
        int visited = -1;
        foreach (int part in _map.PartsByDistance(mine.Part))
        {
            int node = _map.NodeOfPart(part);
            if (node != visited && _loose[node].TryTake(mine.Index, out item))
            {
                if (node != own)
                {
                    mine.FromOtherNodes++;
                }

                return true;
            }

            visited = node;
        }

        return TryTakeLooseAnywhere(mine.Index, out item);
    }

    // A node without CPUs has loose slots as well, and no part.
    private bool TryTakeLooseAnywhere(int line, [MaybeNullWhen(false)] out T item)
    {
        foreach (LooseSlots<T> slots in _loose)
        {
            if (slots.TryTake(line, out item))
            {
                return true;
            }
        }

        item = default;
        return false;
    }

    private bool TryPutLoose(ThreadCache<T> mine, T item, int node)
    {
        if (!_loose[node].TryPut(item, mine.Index))
        {
            return false;
        }

        InvalidateCertificate();
        return true;
    }

    private static bool Hit(ThreadCache<T> mine)
    {
        mine.Hits++;
        return true;
    }

    private static bool Miss(ThreadCache<T> mine, out T? item)
    {
        mine.Misses++;
        mine.LooseInARow = 0;
        item = default;
        return false;
    }

    // Objects start in magazines, each on its node, in equal shares over the parts of a node.
    private void Fill(PoolOptions<T> options)
    {
        var objects = MemoryMarshal.ToEnumerable(options.Objects);
        int number = 0;
        var byPart = objects.GroupBy(item => _nodeOf is null || _map.NodeOfId(_nodeOf(item)) < 0
            ? (int)((long)number++ * _map.PartCount / Capacity)
            : PartOnNode(_map.NodeOfId(_nodeOf(item)), number++));

        // A small pool in full magazines would be all in the hands of the first threads, and the others would steal.
        int size = _settings.FirstFill ?? Math.Clamp(Capacity / (2 * Environment.ProcessorCount), 1, Magazine<T>.Size);
        foreach (var group in byPart)
        {
            foreach (T[] chunk in group.Chunk(size))
            {
                Magazine<T> magazine = NewMagazine();
                magazine.PushMany(chunk);
                _parts[group.Key].Push(magazine);
            }
        }
    }

    // A node without CPUs has no part of its own; the nearest one serves it.
    private int PartOnNode(int node, int number)
    {
        int[] parts = [.. Enumerable.Range(0, _map.PartCount).Where(part => _map.NodeOfPart(part) == node)];
        return parts.Length > 0 ? parts[number % parts.Length] : _map.NearestPart(node);
    }
}
