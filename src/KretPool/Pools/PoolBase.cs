using System.Diagnostics.CodeAnalysis;

namespace KretPool.Pools;

/// <summary>
/// What most kinds have in common: a capacity, and bulk operations that work one object at a time.
/// </summary>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
public abstract class PoolBase<T> : IObjectPool<T>
{
    /// <summary>Takes the capacity from the options.</summary>
    /// <param name="options">What the pool is built from.</param>
    protected PoolBase(PoolOptions<T> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Capacity = options.Capacity;
    }

    /// <inheritdoc/>
    public int Capacity { get; }

    /// <inheritdoc/>
    public abstract bool TryRent([MaybeNullWhen(false)] out T item);

    /// <inheritdoc/>
    public abstract void Return(T item);

    /// <inheritdoc/>
    public virtual int Rent(Span<T> items)
    {
        int count = 0;
        while (count < items.Length && TryRent(out T? item))
        {
            items[count++] = item;
        }

        return count;
    }

    /// <inheritdoc/>
    public virtual void Return(ReadOnlySpan<T> items)
    {
        foreach (T item in items)
        {
            Return(item);
        }
    }
}
