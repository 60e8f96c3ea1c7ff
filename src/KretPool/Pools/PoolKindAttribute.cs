namespace KretPool.Pools;

/// <summary>
/// Marks a pool class as a kind that operators can name. The class is generic over the object type, implements
/// <see cref="IObjectPool{T}"/> and has a public constructor that takes a <see cref="PoolOptions{T}"/>.
/// </summary>
/// <param name="name">The name that operators see.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PoolKindAttribute(string name) : Attribute
{
    /// <summary>The name that operators see.</summary>
    public string Name { get; } = name;

    /// <summary>The name used in the published evaluation, or empty.</summary>
    public string PublishedAs { get; init; } = "";

    /// <summary>Where the kind comes from.</summary>
    public PoolFamily Family { get; init; } = PoolFamily.ThirdParty;

    /// <summary>What a stopped thread can do to the others.</summary>
    public PoolProgress Progress { get; init; }

    /// <summary>How a stale compare-and-swap is kept from succeeding, in a few words.</summary>
    public string AbaAvoidance { get; init; } = "";

    /// <summary>Whether the pool prefers objects, or parts of itself, on the thread's own NUMA node.</summary>
    public bool NumaAware { get; init; }

    /// <summary>In which order objects come out again.</summary>
    public PoolOrder Order { get; init; }

    /// <summary>Whether a rent can miss while free objects sit in another CPU's or thread's part.</summary>
    public bool CanStrand { get; init; }

    /// <summary>Whether the pool makes new objects when it is empty.</summary>
    public bool Grows { get; init; }

    /// <summary>
    /// Bytes that the pool uses for each object, without the object itself, if the capacity is a power of two. Kinds that
    /// round their arrays up to one use up to twice as much at other capacities.
    /// </summary>
    public int BytesPerObject { get; init; }

    /// <summary>Bytes that the pool uses for each CPU.</summary>
    public int BytesPerCpu { get; init; }

    /// <summary>Bytes for each object on each CPU, in a kind in which every CPU has room for every object.</summary>
    public int BytesPerObjectPerCpu { get; init; }

    /// <summary>How it works, in one sentence.</summary>
    public string Description { get; init; } = "";
}

/// <summary>Where a kind comes from.</summary>
public enum PoolFamily
{
    /// <summary>Registered from outside.</summary>
    ThirdParty,

    /// <summary>This project's own pool.</summary>
    Flagship,

    /// <summary>A queue of the published evaluation.</summary>
    Lineage,

    /// <summary>A pool or collection that .NET programs use today.</summary>
    Peer,
}

/// <summary>What a stopped thread can do to the others.</summary>
public enum PoolProgress
{
    /// <summary>A thread stopped at the wrong place keeps others waiting.</summary>
    Blocking,

    /// <summary>Some thread always makes progress.</summary>
    LockFree,

    /// <summary>Every thread makes progress in a bounded number of steps.</summary>
    WaitFree,
}

/// <summary>In which order objects come out again.</summary>
public enum PoolOrder
{
    /// <summary>No order is kept.</summary>
    None,

    /// <summary>Last in, first out, overall or within a part.</summary>
    Lifo,

    /// <summary>First in, first out, overall or within a part.</summary>
    Fifo,
}
