using System.Globalization;
using KretPool.Pools;

namespace KretPool.Benchmark.Run;

/// <summary>Watches a pool that is closed while objects are out: what it releases, and whether it ends once.</summary>
/// <typeparam name="T">The object type.</typeparam>
internal sealed class PoolEnding<T>
{
    private int _released;
    private int _ended;

    /// <summary>The pool; set before anything else is called.</summary>
    public ObjectPool<T>? Pool { get; set; }

    /// <summary>The pool calls it for each object that is home.</summary>
    public void Release(T item) => Interlocked.Increment(ref _released);

    /// <summary>The pool calls it when the last object has come back.</summary>
    public void End() => Interlocked.Increment(ref _ended);

    /// <summary>Closes the pool.</summary>
    /// <param name="objectsOut">How many objects are out.</param>
    /// <exception cref="BrokenPoolException">The pool ended although objects were out.</exception>
    public void Close(int objectsOut)
    {
        Pool!.Close();
        if (objectsOut > 0 && _ended != 0)
        {
            throw new BrokenPoolException(string.Create(
                CultureInfo.InvariantCulture, $"The pool ended when it was closed, although {objectsOut} objects were out."));
        }
    }

    /// <summary>Checks the pool after the last object has come back.</summary>
    /// <param name="kind">The kind; one that grows forgets objects and need not release them.</param>
    /// <exception cref="BrokenPoolException">It did not end, ended more than once, or did not release every object once.</exception>
    public void Check(PoolKind kind)
    {
        if (_ended != 1)
        {
            throw new BrokenPoolException(string.Create(
                CultureInfo.InvariantCulture, $"The pool was closed and its objects came back, and it ended {_ended} times instead of once."));
        }

        if (!kind.Grows && _released != Pool!.Capacity)
        {
            throw new BrokenPoolException(string.Create(
                CultureInfo.InvariantCulture, $"The pool was closed and released {_released} of its {Pool.Capacity} objects."));
        }
    }
}
