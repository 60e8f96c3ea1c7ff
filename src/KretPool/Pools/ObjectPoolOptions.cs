namespace KretPool.Pools;

/// <summary>How an <see cref="ObjectPool{T}"/> treats its objects, whatever kind it runs on.</summary>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
/// <remarks>
/// <see cref="Checked"/>, <see cref="CountRents"/> and <see cref="Reset"/> take rents and returns off the shortest
/// path; everything else costs nothing while the pool is open.
/// </remarks>
public sealed record ObjectPoolOptions<T>
{
    /// <summary>A name for messages and lists; null stands for the name of the kind.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// Whether each rent and return is checked: an object that is returned twice or never came from the pool is
    /// refused, and a kind that hands an object out twice is found out.
    /// </summary>
    public bool Checked { get; init; }

    /// <summary>Whether the pool counts hits and misses itself, for the kinds that do not.</summary>
    public bool CountRents { get; init; }

    /// <summary>Called once for each object before it can be rented, on the thread that makes the pool.</summary>
    public Action<T>? Initializer { get; init; }

    /// <summary>
    /// Called for each object on its return, on the returning thread, before anyone can rent it. If it throws, the
    /// object stays out and the exception reaches the caller, who can return the object again or drop it.
    /// </summary>
    public Action<T>? Reset { get; init; }

    /// <summary>
    /// Called once for each object that is home after the pool was closed, on the thread that closes the pool or
    /// returns the object; and for each object already made when a factory fails half way. Never called for a dropped
    /// object, nor for one that a growing kind lets go to the collector.
    /// </summary>
    public Action<T>? ReleaseObject { get; init; }

    /// <summary>Called exactly once, when the pool is closed and its last object has come back or was dropped.</summary>
    public Action? Released { get; init; }
}
