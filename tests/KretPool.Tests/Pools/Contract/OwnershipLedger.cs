using System.Diagnostics.CodeAnalysis;

namespace KretPool.Tests.Pools.Contract;

/// <summary>
/// The books over the objects of one pool: who has which. It throws as soon as a pool hands out an object that is
/// already out, or one that was never put into it, and it tells at the end which objects do not come out any more.
/// </summary>
/// <typeparam name="T">The type of the objects.</typeparam>
public abstract class OwnershipLedger<T>
{
    private const int Nobody = 0;

    /// <summary>The objects that the pool under test starts with.</summary>
    public abstract ReadOnlyMemory<T> Objects { get; }

    /// <summary>Makes further objects for a kind that grows; null where a ledger cannot follow those.</summary>
    public virtual Func<T>? Factory => null;

    /// <summary>Writes down that somebody has got an object.</summary>
    /// <param name="item">The object.</param>
    /// <param name="owner">Who has got it; not 0.</param>
    /// <exception cref="LedgerException">It is out already, or does not belong to the pool.</exception>
    public void TakeOut([NotNull] T? item, int owner)
    {
        if (item is null)
        {
            throw new LedgerException("invented: a hit came with null");
        }

        int before = Interlocked.CompareExchange(ref OwnerOf(item), owner, Nobody);
        if (before != Nobody)
        {
            throw new LedgerException($"out twice: {Describe(item)} came out to {owner} while {before} has it");
        }
    }

    /// <summary>Writes down that somebody is about to return an object.</summary>
    /// <param name="item">The object.</param>
    /// <param name="owner">Who has it.</param>
    /// <exception cref="LedgerException">Somebody else has it.</exception>
    public void GiveBack(T item, int owner)
    {
        int before = Interlocked.CompareExchange(ref OwnerOf(item), Nobody, owner);
        if (before != owner)
        {
            throw new LedgerException($"out twice: {Describe(item)}, rented by {owner}, is with {before} at its return");
        }
    }

    /// <summary>The name of an object in a message.</summary>
    /// <param name="item">The object.</param>
    /// <returns>The name.</returns>
    public abstract string Describe(T item);

    /// <summary>Where the owner of an object is written.</summary>
    /// <param name="item">The object.</param>
    /// <returns>A reference to the owner.</returns>
    /// <exception cref="LedgerException">The object does not belong to the pool.</exception>
    protected abstract ref int OwnerOf(T item);

    /// <summary>Which of the objects nobody has.</summary>
    /// <returns>Their names.</returns>
    public IReadOnlyList<string> NamesOfFreeObjects()
    {
        var names = new List<string>();
        foreach (T item in Objects.Span)
        {
            if (OwnerOf(item) == Nobody)
            {
                names.Add(Describe(item));
            }
        }

        return names;
    }
}

/// <summary>A pool has broken the promise that every object is in one place.</summary>
/// <param name="message">What happened.</param>
public sealed class LedgerException(string message) : Exception(message);

/// <summary>An object that carries its own line of the ledger.</summary>
/// <param name="ledger">The ledger that it belongs to.</param>
/// <param name="number">Its number.</param>
public sealed class TrackedObject(ObjectLedger ledger, int number)
{
    private int _owner;

    internal ObjectLedger Ledger => ledger;

    internal int Number => number;

    internal ref int Owner => ref _owner;
}

/// <summary>A ledger over objects.</summary>
public sealed class ObjectLedger : OwnershipLedger<TrackedObject>
{
    private readonly TrackedObject[] _objects;
    private int _made;

    /// <summary>Makes a ledger and its objects.</summary>
    /// <param name="capacity">How many objects.</param>
    public ObjectLedger(int capacity)
    {
        _objects = new TrackedObject[capacity];
        for (int i = 0; i < capacity; i++)
        {
            _objects[i] = Make();
        }
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<TrackedObject> Objects => _objects;

    /// <inheritdoc/>
    public override Func<TrackedObject>? Factory => Make;

    /// <inheritdoc/>
    public override string Describe(TrackedObject item) => $"object {item.Number}";

    /// <inheritdoc/>
    protected override ref int OwnerOf(TrackedObject item)
    {
        if (item.Ledger != this)
        {
            throw new LedgerException($"invented: {Describe(item)} of another pool came out");
        }

        return ref item.Owner;
    }

    private TrackedObject Make() => new(this, Interlocked.Increment(ref _made));
}

/// <summary>A ledger over blocks of native memory. No kind may touch the memory, so there is none behind them.</summary>
public sealed class BlockLedger : OwnershipLedger<nint>
{
    private const nint FirstAddress = 0x10000;
    private const int BlockSize = 64;

    private readonly nint[] _blocks;
    private readonly int[] _owners;

    /// <summary>Makes a ledger and its blocks.</summary>
    /// <param name="capacity">How many blocks.</param>
    public BlockLedger(int capacity)
    {
        _blocks = [.. Enumerable.Range(0, capacity).Select(i => FirstAddress + (nint)i * BlockSize)];
        _owners = new int[capacity];
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<nint> Objects => _blocks;

    /// <inheritdoc/>
    public override string Describe(nint item) => $"block 0x{item:x}";

    /// <inheritdoc/>
    protected override ref int OwnerOf(nint item)
    {
        nint offset = item - FirstAddress;
        if (offset < 0 || offset % BlockSize != 0 || offset / BlockSize >= _owners.Length)
        {
            throw new LedgerException($"invented: {Describe(item)} is none of the pool's");
        }

        return ref _owners[offset / BlockSize];
    }
}
