namespace KretPool.Pools.Ownership;

/// <summary>Who has which object of a pool. Every member is safe to call from any thread.</summary>
/// <typeparam name="T">The type of the objects.</typeparam>
/// <remarks>
/// A return has two phases, so that a reset can run while the object belongs to nobody: <see cref="BeginReturn"/>,
/// then <see cref="EndReturn"/>, or <see cref="CancelReturn"/> if the reset failed.
/// </remarks>
internal abstract class OwnershipBook<T>
{
    /// <summary>Two different objects are different however they compare; blocks differ by address.</summary>
    public static IEqualityComparer<T> Identity { get; } = typeof(T).IsValueType
        ? EqualityComparer<T>.Default
        : (IEqualityComparer<T>)(object)ReferenceEqualityComparer.Instance;

    /// <summary>Notes that the algorithm has handed out an object.</summary>
    /// <param name="item">The object.</param>
    /// <returns>Whether it may go out; false if it has left the pool meanwhile, because the pool was closed.</returns>
    /// <exception cref="InvalidOperationException">The algorithm is broken.</exception>
    public abstract bool TryTakeOut(T item);

    /// <summary>Claims an object that is out, for its return.</summary>
    /// <param name="item">The object.</param>
    /// <exception cref="ArgumentException">It is not one of the pool's.</exception>
    /// <exception cref="InvalidOperationException">It is not out.</exception>
    public abstract void BeginReturn(T item);

    /// <summary>Gives an object that was claimed back to whoever had it.</summary>
    /// <param name="item">The object.</param>
    public abstract void CancelReturn(T item);

    /// <summary>Makes an object that was claimed free. A full fence.</summary>
    /// <param name="item">The object.</param>
    public abstract void EndReturn(T item);

    /// <summary>Strikes off an object that is out.</summary>
    /// <param name="item">The object.</param>
    /// <exception cref="ArgumentException">It is not one of the pool's.</exception>
    /// <exception cref="InvalidOperationException">It is not out.</exception>
    public abstract void StrikeOff(T item);

    protected static ArgumentException Stranger(T item, string pool) =>
        new($"'{item}' was not rented from the pool '{pool}'. Return an object to the pool that it came from.", nameof(item));

    protected static InvalidOperationException NotOut(T item, string pool, string why) =>
        new($"'{item}' {why} the pool '{pool}' already. Return or drop an object once for each time it was rented.");

    protected static InvalidOperationException Broken(T item, string pool, string what) =>
        new($"The algorithm of the pool '{pool}' is broken: it handed out '{item}', which {what}.");
}
