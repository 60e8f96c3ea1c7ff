using System.Runtime.ExceptionServices;
using KretPool.Memory;

namespace KretPool.Pools;

/// <summary>Makes pools: from a factory, of existing objects, of a caller's native memory, of native memory of its own.</summary>
public static class ObjectPools
{
    /// <summary>Makes a pool of objects from a factory. All are made before this returns, on the calling thread.</summary>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <param name="kind">The algorithm to run on.</param>
    /// <param name="capacity">How many objects, from 1 to 2^24.</param>
    /// <param name="factory">Makes one object. A kind that grows calls it again later, on any thread.</param>
    /// <param name="options">
    /// How the pool treats its objects; null for the fastest way. Without a <see cref="ObjectPoolOptions{T}.ReleaseObject"/>
    /// the pool disposes of objects that are <see cref="IDisposable"/>, because it made them.
    /// </param>
    /// <returns>The pool, with every object free.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is out of range.</exception>
    /// <exception cref="ArgumentException">The factory made an object twice.</exception>
    /// <exception cref="InvalidOperationException">The factory made a null object.</exception>
    /// <remarks>If the factory or the initialiser throws, the objects made so far are released and the exception is passed on.</remarks>
    public static ObjectPool<T> Create<T>(
        PoolKind kind, int capacity, Func<T> factory, ObjectPoolOptions<T>? options = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(factory);
        RequireCapacity(capacity);
        options = WithDisposal(options ?? new ObjectPoolOptions<T>());

        var objects = new T[capacity];
        int made = 0;
        try
        {
            for (; made < capacity; made++)
            {
                objects[made] = factory() ?? throw new InvalidOperationException(
                    $"The factory made a null object, number {made + 1} of {capacity}. A pool holds no null object.");
            }

            return new ObjectPool<T>(kind, new PoolOptions<T>(objects) { Factory = factory }, options);
        }
        catch (Exception e)
        {
            ReleaseAll(objects.AsSpan(0, made), options.ReleaseObject, e);
            throw;
        }
    }

    /// <summary>Makes a pool of existing objects. They stay the caller's: the pool releases them only if told how.</summary>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <param name="kind">The algorithm to run on.</param>
    /// <param name="objects">The objects, all different, from 1 to 2^24.</param>
    /// <param name="options">How the pool treats its objects; null for the fastest way.</param>
    /// <returns>The pool, with every object free.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no object, or there are too many.</exception>
    /// <exception cref="ArgumentException">An object is null or there twice.</exception>
    public static ObjectPool<T> FromObjects<T>(
        PoolKind kind, IEnumerable<T> objects, ObjectPoolOptions<T>? options = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(objects);
        return new ObjectPool<T>(kind, new PoolOptions<T>(objects.ToArray()), options);
    }

    /// <summary>Makes a pool of blocks of native memory, which it frees when it ends, unless the caller owns the memory.</summary>
    /// <param name="kind">The algorithm to run on.</param>
    /// <param name="blocks">The blocks.</param>
    /// <param name="options">How the pool treats its blocks; null for the fastest way.</param>
    /// <returns>The pool, with every block free.</returns>
    /// <remarks>
    /// Keep a reference to the pool while blocks are out: an address does not keep its memory alive. If this throws, the
    /// blocks stay the caller's.
    /// </remarks>
    public static ObjectPool<nint> FromBlocks(
        PoolKind kind, NativeBlocks blocks, ObjectPoolOptions<nint>? options = null)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        options ??= new ObjectPoolOptions<nint>();
        var objects = new PoolOptions<nint>(blocks.Addresses)
        {
            NodeOf = blocks.Regions.Any(region => region.Node is not null) ? blocks.NodeOf : null,
        };
        return new ObjectPool<nint>(kind, objects, options with { Released = options.Released + blocks.Dispose });
    }

    /// <summary>Makes a pool of blocks of native memory that it allocates, each CPU's share on that CPU's own node.</summary>
    /// <param name="kind">The algorithm to run on.</param>
    /// <param name="capacity">How many blocks, from 1 to 2^24.</param>
    /// <param name="blockSize">Bytes of a block, from 1 to 64 KiB.</param>
    /// <param name="alignment">What a block's address is a multiple of: a power of two up to 64 KiB.</param>
    /// <param name="options">How the pool treats its blocks; null for the fastest way.</param>
    /// <returns>The pool, with every block free. The memory is freed when it ends.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="InsufficientMemoryException">The system has not that much memory.</exception>
    public static ObjectPool<nint> CreateNative(
        PoolKind kind, int capacity, int blockSize, int alignment = 64, ObjectPoolOptions<nint>? options = null)
    {
        RequireCapacity(capacity);
        var blocks = NativeBlocks.Allocate(capacity, blockSize, alignment);
        try
        {
            return FromBlocks(kind, blocks, options);
        }
        catch
        {
            blocks.Dispose();
            throw;
        }
    }

    private static void RequireCapacity(int capacity)
    {
        if (capacity is < 1 or > PoolOptions<object>.MaxCapacity)
        {
            throw new ArgumentOutOfRangeException(
                nameof(capacity), capacity, $"A pool holds from 1 to {PoolOptions<object>.MaxCapacity} objects.");
        }
    }

    private static ObjectPoolOptions<T> WithDisposal<T>(ObjectPoolOptions<T> options) =>
        options.ReleaseObject is not null
            ? options
            : options with { ReleaseObject = item => (item as IDisposable)?.Dispose() };

    // What failed first is what the caller has to know; that a release failed as well comes with it.
    private static void ReleaseAll<T>(ReadOnlySpan<T> made, Action<T>? release, Exception cause)
    {
        List<Exception> failures = [cause];
        foreach (T item in made)
        {
            try
            {
                release?.Invoke(item);
            }
            catch (Exception e)
            {
                failures.Add(e);
            }
        }

        if (failures.Count > 1)
        {
            throw new AggregateException("The pool could not be made, nor all of its objects released.", failures);
        }

        ExceptionDispatchInfo.Throw(cause);
    }
}
