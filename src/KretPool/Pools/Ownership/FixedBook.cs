namespace KretPool.Pools.Ownership;

#pragma warning disable CS8714 // T is a reference or a nint, and every object was checked for null.

/// <summary>The book over a pool whose objects are all there from the start: a state for each.</summary>
/// <typeparam name="T">The type of the objects.</typeparam>
/// <remarks>
/// A state changes by compare-and-swap alone, so of two threads that return the same object one is told. The index is
/// never written after construction, which is what makes it safe to read from any thread.
/// </remarks>
internal sealed class FixedBook<T> : OwnershipBook<T>
{
    private const int Free = 0;
    private const int Out = 1;
    private const int Returning = 2;
    private const int Gone = 3;

    private readonly string _pool;
    private readonly T[] _objects;
    private readonly int[] _states;
    private readonly Dictionary<T, int> _index;

    public FixedBook(ReadOnlySpan<T> objects, string pool)
    {
        _pool = pool;
        _objects = objects.ToArray();
        _states = new int[objects.Length];
        _index = new Dictionary<T, int>(objects.Length, Identity);
        for (int i = 0; i < objects.Length; i++)
        {
            _index.Add(_objects[i], i);
        }
    }

    public override bool TryTakeOut(T item) => Move(IndexOfRented(item), Free, Out) switch
    {
        Free => true,
        Gone => false,
        _ => throw Broken(item, _pool, "is out already"),
    };

    public override void BeginReturn(T item) => Require(item, Move(IndexOf(item), Out, Returning));

    public override void CancelReturn(T item) => Move(_index[item], Returning, Out);

    public override void EndReturn(T item) => Move(_index[item], Returning, Free);

    public override void StrikeOff(T item) => Require(item, Move(IndexOf(item), Out, Gone));

    /// <summary>Strikes off an object if it is free.</summary>
    /// <param name="item">The object.</param>
    /// <returns>Whether it was free; each object is struck off once.</returns>
    public bool TryStrikeOffFree(T item) => Move(_index[item], Free, Gone) == Free;

    /// <summary>Strikes off every object that is free, wherever the algorithm may have left it.</summary>
    /// <returns>The objects.</returns>
    public IEnumerable<T> StrikeOffAllFree() => _objects.Where(TryStrikeOffFree);

    private int Move(int index, int from, int to) => Interlocked.CompareExchange(ref _states[index], to, from);

    private int IndexOf(T item) => _index.TryGetValue(item, out int index) ? index : throw Stranger(item, _pool);

    private int IndexOfRented(T item) =>
        _index.TryGetValue(item, out int index) ? index : throw Broken(item, _pool, "is none of its objects");

    private void Require(T item, int state)
    {
        if (state != Out)
        {
            throw NotOut(item, _pool, state == Gone ? "has left" : "was returned to");
        }
    }
}
