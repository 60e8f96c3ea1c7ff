using System.Diagnostics.CodeAnalysis;

namespace KretPool.Pools;

/// <summary>
/// A fixed set of preallocated objects, handed out and taken back by any thread.
/// </summary>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
/// <remarks>
/// Every kind of pool keeps these promises under any number of threads: no object is out twice, none is lost and
/// none is invented. All members are safe to call from any thread. A bare kind does not check what is returned;
/// <see cref="ObjectPool{T}"/> does, and it adds closing, dropping and waiting.
/// </remarks>
public interface IObjectPool<T>
{
    /// <summary>Takes an object out. Never blocks.</summary>
    /// <param name="item">The object, or the default value on a miss.</param>
    /// <returns><see langword="true"/> on a hit, <see langword="false"/> if no object was found.</returns>
    bool TryRent([MaybeNullWhen(false)] out T item);

    /// <summary>Gives back an object that was rented from this pool.</summary>
    /// <param name="item">The object.</param>
    void Return(T item);

    /// <summary>Takes several objects out. Never blocks.</summary>
    /// <param name="items">Filled from the start.</param>
    /// <returns>How many objects it could fill in, from 0 to the length of <paramref name="items"/>.</returns>
    int Rent(Span<T> items);

    /// <summary>Gives back several objects that were rented from this pool.</summary>
    /// <param name="items">The objects.</param>
    void Return(ReadOnlySpan<T> items);

    /// <summary>How many objects the pool was made with.</summary>
    int Capacity { get; }
}
