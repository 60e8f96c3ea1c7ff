using System.Diagnostics.CodeAnalysis;
using KretPool.Pools.Ownership;

namespace KretPool.Pools;

/// <content>
/// The paths that are taken while the pool needs attention: it is closed, somebody waits, an option asks for checks,
/// counts or a reset, or the kind grows or can strand objects and so needs books to be closed.
/// </content>
public sealed partial class ObjectPool<T>
{
    private readonly bool _grows;
    private readonly OwnershipBook<T>? _book;
    private readonly RentCounter? _counter;
    private int _made;

    /// <summary>How many objects are out; null while the pool is open and does not count.</summary>
    public int? RentedCount =>
        _grows ? Math.Max(0, Volatile.Read(ref _holds) - (IsClosed ? 0 : 1))
        : IsClosed ? Volatile.Read(ref _holds)
        : _counter?.OutCount;

    private bool TryRentAttentively([MaybeNullWhen(false)] out T item)
    {
        item = default;
        Span<T> one = new(ref item!);
        return RentAttentively(one) == 1;
    }

    private int RentAttentively(Span<T> items)
    {
        // Held before the flag is read, so that a pool of a growing kind cannot end in between.
        if (_grows)
        {
            Interlocked.Add(ref _holds, items.Length);
        }

        int count = 0;
        try
        {
            ThrowIfClosed();
            count = _grows ? RentOneByOne(items) : _pool.Rent(items);
            count = _book is null ? count : WriteDown(items[..count]);
        }
        finally
        {
            if (_grows && count < items.Length)
            {
                LetGo(items.Length - count);
            }
        }

        _counter?.CountRent(count, missed: count < items.Length);
        if (count < items.Length)
        {
            Missed();
        }

        return count;
    }

    // A factory that throws in the middle of a bulk must not lose what was rented before.
    private int RentOneByOne(Span<T> items)
    {
        int count = 0;
        try
        {
            while (count < items.Length && _pool.TryRent(out items[count]!))
            {
                count++;
            }
        }
        catch when (count > 0)
        {
        }

        return count;
    }

    private int WriteDown(Span<T> items)
    {
        int count = 0;
        foreach (T item in items)
        {
            if (_book!.TryTakeOut(item))
            {
                items[count++] = item;
            }
        }

        return count;
    }

    private void ReturnAttentively(T item)
    {
        ThrowIfNull(item);
        if (IsClosed)
        {
            _book?.StrikeOff(item);
            _counter?.CountReturn();
            List<Exception>? failures = null;
            Release(item, ref failures);
            Throw(failures);
            return;
        }

        _book?.BeginReturn(item);
        ResetObject(item);
        _book?.EndReturn(item);
        _counter?.CountReturn();
        _pool.Return(item);
        try
        {
            Attend(returnedCount: 1);
        }
        finally
        {
            if (_grows)
            {
                LetGo(1);
            }
        }
    }

    private void ResetObject(T item)
    {
        try
        {
            _options.Reset?.Invoke(item);
        }
        catch
        {
            _book?.CancelReturn(item);
            throw;
        }
    }

    // A kind that can strand objects cannot be emptied by renting, so it is always kept by the book.
    private OwnershipBook<T>? NewBook(PoolOptions<T> objects) =>
        _options.Checked && _grows ? new GrowingBook<T>(Name)
        : _options.Checked || (Kind.CanStrand && !_grows) ? new FixedBook<T>(objects.Objects.Span, Name)
        : null;

    private PoolOptions<T> WithGrowth(PoolOptions<T> objects) =>
        objects.Factory is null ? objects : new PoolOptions<T>(objects.Objects)
        {
            Factory = () => MakeOneMore(objects.Factory),
            Topology = objects.Topology,
            NodeOf = objects.NodeOf,
        };

    private T MakeOneMore(Func<T> factory)
    {
        ThrowIfClosed();
        T item = factory();
        if (IsNull(item))
        {
            throw new InvalidOperationException($"The factory of the pool '{Name}' made a null object.");
        }

        Interlocked.Increment(ref _made);
        try
        {
            _options.Initializer?.Invoke(item);
        }
        catch
        {
            _options.ReleaseObject?.Invoke(item);
            throw;
        }

        return item;
    }

    // A growing kind answers a rent with a new object instead of a miss. In a closed pool its factory refuses, which is
    // how the end is known; a kind that makes objects by itself is left after as many as can be in it.
    private IEnumerable<T> FreeObjectsOfGrowingKind()
    {
        for (int left = Volatile.Read(ref _made); left > 0; left--)
        {
            // Held before it is rented, or the pool could end between the two.
            Interlocked.Increment(ref _holds);
            if (!TryRentExisting(out T? item))
            {
                LetGo(1);
                yield break;
            }

            yield return item;
        }
    }

    private bool TryRentExisting([MaybeNullWhen(false)] out T item)
    {
        try
        {
            return _pool.TryRent(out item);
        }
        catch (ObjectDisposedException)
        {
            item = default;
            return false;
        }
    }

    private void ThrowIfClosed()
    {
        if (IsClosed)
        {
            throw new ObjectDisposedException(
                objectName: null, $"The pool '{Name}' is closed. It takes back what is out, and gives nothing out any more.");
        }
    }

    private static void ThrowIfNull(T item)
    {
        if (IsNull(item))
        {
            throw new ArgumentNullException(nameof(item), "A pool holds no null object.");
        }
    }

    private static void RequireDistinct(ReadOnlySpan<T> objects)
    {
        var seen = new HashSet<T>(objects.Length, OwnershipBook<T>.Identity);
        for (int i = 0; i < objects.Length; i++)
        {
            if (IsNull(objects[i]))
            {
                throw new ArgumentException($"Object {i} is null. A pool holds no null object.", nameof(objects));
            }

            if (!seen.Add(objects[i]))
            {
                throw new ArgumentException(
                    $"Object {i} ('{objects[i]}') is there twice. A pool hands each object out to one user at a time, "
                    + "so every object has to be a different one.",
                    nameof(objects));
            }
        }
    }
}
