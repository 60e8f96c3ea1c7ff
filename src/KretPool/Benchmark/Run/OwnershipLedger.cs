using System.Globalization;

namespace KretPool.Benchmark.Run;

/// <summary>
/// Which objects of a pool are out. Finds an object that is out twice, one that nobody put in, and objects that never come
/// back.
/// </summary>
/// <typeparam name="T">The object type.</typeparam>
/// <param name="indexOf">The place of an object among those that the pool was made with; -1 for any other.</param>
/// <param name="capacity">How many objects the pool was made with.</param>
/// <param name="grows">Whether the pool may make objects of its own.</param>
internal sealed class OwnershipLedger<T>(Func<T, int> indexOf, int capacity, bool grows)
{
    private readonly int[] _out = new int[capacity];

    /// <summary>How many of the objects are not out.</summary>
    public int FreeCount => _out.Count(isOut => isOut == 0);

    /// <summary>Marks an object as out.</summary>
    /// <exception cref="BrokenPoolException">It is out already, or the pool was not made with it and does not grow.</exception>
    public void Take(T? item)
    {
        if (item is null)
        {
            throw new BrokenPoolException("The pool handed out null.");
        }

        int index = indexOf(item);
        if (index < 0 && !grows)
        {
            throw new BrokenPoolException("The pool handed out an object that was never put into it.");
        }

        if (index >= 0 && Interlocked.Exchange(ref _out[index], 1) != 0)
        {
            throw new BrokenPoolException(
                string.Create(CultureInfo.InvariantCulture, $"The pool handed out object {index} of {_out.Length} while it was out already."));
        }
    }

    /// <summary>Marks an object as no longer out. To be called before it is returned.</summary>
    public void GiveBack(T item)
    {
        int index = indexOf(item);
        if (index >= 0)
        {
            Volatile.Write(ref _out[index], 0);
        }
    }
}
