namespace KretPool.Cmdlets;

/// <summary>An object that a script has rented until the lease is disposed of.</summary>
public sealed class ScriptLease : IDisposable
{
    private readonly object _value;
    private ScriptPool? _pool;

    internal ScriptLease(ScriptPool pool, object value) => (_pool, _value) = (pool, value);

    /// <summary>The object.</summary>
    /// <exception cref="ObjectDisposedException">The lease has ended, and somebody else may have the object.</exception>
    public object Value => Volatile.Read(ref _pool) is not null ? _value : throw new ObjectDisposedException(
        objectName: null, "The lease has ended, and somebody else may have its object.");

    /// <summary>Returns the object. Doing it again does nothing.</summary>
    public void Dispose() => Interlocked.Exchange(ref _pool, null)?.Return(_value);
}
