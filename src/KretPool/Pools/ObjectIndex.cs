using System.Runtime.CompilerServices;

namespace KretPool.Pools;

/// <summary>
/// Finds the number of an object of a pool by its identity. Built once and only read afterwards, so that any number of
/// threads share it without disturbing each other.
/// </summary>
/// <remarks>
/// Open addressing with linear probing (Knuth, The Art of Computer Programming 3, 6.4, algorithm L) at a load of one
/// half, on the identity hash of a reference or on an address. A published queue keeps its link inside the object; for
/// objects of any type this table is what leads from the object to its link.
/// </remarks>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
internal sealed class ObjectIndex<T>
{
    // Objects sit in a struct of their own, because an array of references checks the type of each element it is given.
    private readonly Slot[] _objects;

    // The number of the object plus one, 0 where there is none.
    private readonly int[] _table;

    /// <summary>Numbers the given objects in their order.</summary>
    /// <param name="objects">The objects, all different.</param>
    /// <exception cref="ArgumentException">An object is null, or comes twice.</exception>
    public ObjectIndex(ReadOnlySpan<T> objects)
    {
        _objects = new Slot[objects.Length];
        _table = new int[2 * objects.Length];
        for (int number = 0; number < objects.Length; number++)
        {
            T item = objects[number];
            if (EqualityComparer<T>.Default.Equals(item, default))
            {
                throw new ArgumentException($"Object {number} is null. A pool holds none.", nameof(objects));
            }

            _objects[number].Item = item;
            int place = Home(item);
            while (_table[place] != 0)
            {
                if (Same(_objects[_table[place] - 1].Item, item))
                {
                    throw new ArgumentException(
                        $"Object {number} is the same as object {_table[place] - 1}. A pool holds each object once.",
                        nameof(objects));
                }

                place = Next(place);
            }

            _table[place] = number + 1;
        }
    }

    /// <summary>How many objects there are.</summary>
    public int Count => _objects.Length;

    /// <summary>Bytes that the index uses.</summary>
    public long Bytes => ((long)_objects.Length * Unsafe.SizeOf<Slot>()) + ((long)_table.Length * sizeof(int));

    /// <summary>The object with a number.</summary>
    /// <param name="number">From 0 to below <see cref="Count"/>.</param>
    public T this[int number] => _objects[number].Item;

    /// <summary>The number of an object.</summary>
    /// <param name="item">The object.</param>
    /// <returns>Its number, or -1 for a stranger or null.</returns>
    public int Find(T item)
    {
        if (item is null)
        {
            return -1;
        }

        for (int place = Home(item); ; place = Next(place))
        {
            int number = _table[place] - 1;
            if (number < 0 || Same(_objects[number].Item, item))
            {
                return number;
            }
        }
    }

    private static bool Same(T a, T b) =>
        typeof(T).IsValueType ? EqualityComparer<T>.Default.Equals(a, b) : ReferenceEquals(a, b);

    // Fibonacci hashing (Knuth 6.4) spreads the hash over 32 bits; the upper half of a product scales it to the table.
    private int Home(T item)
    {
        ulong key = typeof(T) == typeof(nint)
            ? (ulong)(nint)(object)item!
            : (uint)RuntimeHelpers.GetHashCode(item);
        uint spread = (uint)((key * 0x9E37_79B9_7F4A_7C15) >> 32);
        return (int)(((ulong)spread * (uint)_table.Length) >> 32);
    }

    private int Next(int place) => ++place == _table.Length ? 0 : place;

    private struct Slot
    {
        public T Item;
    }
}
