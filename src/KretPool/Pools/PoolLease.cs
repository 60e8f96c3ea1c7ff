namespace KretPool.Pools;

/// <summary>An object that is rented until the lease is disposed.</summary>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
/// <remarks>Disposing it again, from any thread, does nothing, so an object is never returned twice by mistake.</remarks>
public sealed class PoolLease<T> : IDisposable
{
    private readonly T _value;
    private ObjectPool<T>? _pool;

    internal PoolLease(ObjectPool<T> pool, T value) => (_pool, _value) = (pool, value);

    /// <summary>The object.</summary>
    /// <exception cref="ObjectDisposedException">The lease has ended, and somebody else may have the object.</exception>
    public T Value => Volatile.Read(ref _pool) is not null ? _value : throw new ObjectDisposedException(
        objectName: null, "The lease has ended, and somebody else may have its object.");

    /// <summary>Returns the object.</summary>
    public void Dispose() => Interlocked.Exchange(ref _pool, null)?.Return(_value);
}
