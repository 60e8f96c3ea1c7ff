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
    /// <exception cref="NotSupportedException">The type is neither a reference type nor <see cref="nint"/>.</exception>
    public PoolOptions(ReadOnlyMemory<T> objects)
    {
        if (typeof(T).IsValueType && typeof(T) != typeof(nint))
        {
            throw new NotSupportedException(
                $"A pool holds objects of a reference type, or blocks of native memory as {typeof(nint)}; not {typeof(T)}.");
        }

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

    /// <summary>
    /// How a kind divides its room between CPUs, for the kinds that leave a choice (RingSlot, SlotArray): from 0, where
    /// any CPU may hold all objects (published as rs+ and op+), to 1, where each has room for an equal share (rs and op).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double Balance
    {
        get;
        init => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Balance is from 0 (any CPU may hold all) to 1 (equal shares).");
    } = 1;

    /// <summary>The machine that the pool is laid out for; the one it runs on unless a test says otherwise.</summary>
    public CpuTopology Topology { get; init; } = CpuTopology.Current;

    /// <summary>The NUMA node whose memory holds an object, or -1 if unknown; null if it is unknown for all.</summary>
    public Func<T, int>? NodeOf { get; init; }
}
