using KretPool.Topology;

namespace KretPool.Pools;

/// <summary>What a kind of pool is built from. A kind's constructor takes one of these and nothing else.</summary>
/// <typeparam name="T">A reference type, or <see cref="nint"/> for blocks of native memory.</typeparam>
public sealed class PoolOptions<T>
{
    /// <summary>The largest number of objects in a pool: 2^24, as in the kernel's object pool.</summary>
    public const int MaxCapacity = 1 << 24;

    /// <summary>Describes a pool of the given objects.</summary>
    /// <param name="objects">The objects, all different. The pool keeps a reference to none of this array.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no object, or more than <see cref="MaxCapacity"/>.</exception>
    public PoolOptions(ReadOnlyMemory<T> objects)
    {
        if (objects.Length is 0 or > MaxCapacity)
        {
            throw new ArgumentOutOfRangeException(
                nameof(objects), objects.Length, $"A pool holds from 1 to {MaxCapacity} objects.");
        }

        Objects = objects;
    }

    /// <summary>The objects that the pool starts with.</summary>
    public ReadOnlyMemory<T> Objects { get; }

    /// <summary>How many objects the pool starts with.</summary>
    public int Capacity => Objects.Length;

    /// <summary>Makes one more object, for the kinds that grow when they are empty; null if growing is not possible.</summary>
    public Func<T>? Factory { get; init; }

    /// <summary>The machine that the pool is laid out for; the one it runs on unless a test says otherwise.</summary>
    public CpuTopology Topology { get; init; } = CpuTopology.Current;

    /// <summary>The NUMA node whose memory holds an object, or -1 if unknown; null if it is unknown for all.</summary>
    public Func<T, int>? NodeOf { get; init; }
}
