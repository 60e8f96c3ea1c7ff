using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using KretPool.Memory;
using KretPool.Pools;

namespace KretPool.Cmdlets;

/// <summary>An object pool as a script uses it, from any runspace: what New-ObjectPool makes.</summary>
/// <remarks>
/// <para>Every return is checked: an object that is returned twice, or came from elsewhere, is refused.</para>
/// <para>Script blocks run in the runspace that made the pool, while that runspace is the caller, and nowhere else. An
/// object that another runspace returns to a pool with a reset waits for it: it is reset when the runspace that made the
/// pool rents it, and is not handed to others before. An object that has to be released by a script block waits for the
/// next call from that runspace; if the runspace is closed by then, the object is disposed of, if it can be.</para>
/// </remarks>
public sealed class ScriptPool : IDisposable
{
    private readonly ObjectPool<object> _pool;
    private readonly ScriptTurn _turn;
    private readonly ScriptBlock? _reset;

    // Objects that another runspace returned and that still need their reset.
    private readonly ConcurrentDictionary<object, bool> _unclean = new(ReferenceEqualityComparer.Instance);

    // A value is boxed anew each time it passes through a variable, so the box that is in the pool is found by value.
    private readonly ConcurrentDictionary<ValueType, object> _boxes = new();

    internal ScriptPool(string name, PoolKind kind, ScriptPoolContent content, ScriptTurn turn, ScriptBlock? reset)
    {
        _turn = turn;
        _reset = reset;
        Memory = content.Blocks?.Regions ?? [];
        foreach (ValueType value in content.Objects.OfType<ValueType>())
        {
            if (!_boxes.TryAdd(value, value))
            {
                throw new ArgumentException(
                    $"The value '{value}' is there twice. Values are told apart by what they are, so every one has to differ.");
            }
        }

        var objects = new PoolOptions<object>(content.Objects)
        {
            Factory = content.MakeOneMore is { } make ? () => Box(make()) : null,
            NodeOf = content.Blocks is { } blocks ? block => blocks.NodeOf((nint)block) : null,
        };
        _pool = new ObjectPool<object>(kind, objects, new ObjectPoolOptions<object>
        {
            Name = name,
            Checked = true,
            CountRents = true,
            Reset = reset is null ? null : ResetOrDefer,
            ReleaseObject = content.ReleaseObject,
            Released = () => End(content),
        });
    }

    /// <summary>The pool's name.</summary>
    public string Name => _pool.Name;

    /// <summary>The algorithm that it runs on.</summary>
    public string Kind => _pool.Kind.Name;

    /// <summary>How many objects it was made with.</summary>
    public int Capacity => _pool.Capacity;

    /// <summary>How many objects are out.</summary>
    public int Rented => _pool.RentedCount ?? 0;

    /// <summary>Whether it can be used, waits for objects to come back, or is at its end.</summary>
    public ScriptPoolState State =>
        !_pool.IsClosed ? ScriptPoolState.Open : _pool.IsEnded ? ScriptPoolState.Closed : ScriptPoolState.Closing;

    /// <summary>Hits and misses since the pool was made, and what else the kind counts.</summary>
    public PoolStatistics Statistics => _pool.GetStatistics();

    /// <summary>How many free objects wait to be reset in the runspace that made the pool.</summary>
    public int AwaitingReset => _unclean.Count;

    /// <summary>The memory of a native pool by NUMA node, with what was asked for and what was had; empty for others.</summary>
    public IReadOnlyList<NumaMemory> Memory { get; }

    internal ScriptTurn Turn => _turn;

    /// <summary>Takes an object out. Does not wait.</summary>
    /// <returns>The object; null if none is free.</returns>
    /// <exception cref="ObjectDisposedException">The pool is closed.</exception>
    /// <exception cref="InvalidOperationException">Every free object waits for a reset in another runspace.</exception>
    public object? Rent() => Rent(TimeSpan.Zero);

    /// <summary>Takes an object out, and waits for one if none is free.</summary>
    /// <param name="timeout">How long to wait. Ctrl+C takes effect when the wait is over.</param>
    /// <returns>The object; null if the time ran out.</returns>
    /// <exception cref="ObjectDisposedException">The pool is closed, or was closed during the wait.</exception>
    /// <exception cref="InvalidOperationException">Every free object waits for a reset in another runspace.</exception>
    public object? Rent(TimeSpan timeout)
    {
        _turn.RunDue();
        List<object>? unclean = null;
        try
        {
            while (TryRent(out object? item, unclean is null ? timeout : TimeSpan.Zero))
            {
                if (IsFitToUse(item))
                {
                    return item;
                }

                (unclean ??= []).Add(item);
            }
        }
        finally
        {
            // The reset is still due, so each becomes unclean again on its way in.
            unclean?.ForEach(_pool.Return);
        }

        return unclean is null ? null : throw new InvalidOperationException(
            $"Every free object of the pool '{Name}' waits for its -Reset, which runs in the runspace that made the pool. "
            + "Rent and return there, or make the pool without -Reset and reset objects where you return them.");
    }

    /// <summary>Takes an object out, and waits for one if none is free.</summary>
    /// <param name="milliseconds">How long to wait. PowerShell would take a plain number for ticks of a time span.</param>
    /// <returns>The object; null if the time ran out.</returns>
    /// <exception cref="ObjectDisposedException">The pool is closed, or was closed during the wait.</exception>
    /// <exception cref="InvalidOperationException">Every free object waits for a reset in another runspace.</exception>
    public object? Rent(int milliseconds) => Rent(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>Gives an object back.</summary>
    /// <param name="item">The object.</param>
    /// <exception cref="ArgumentNullException">The object is null.</exception>
    /// <exception cref="ArgumentException">The object did not come from this pool.</exception>
    /// <exception cref="InvalidOperationException">The object is not out.</exception>
    public void Return(object item)
    {
        _turn.RunDue();
        _pool.Return(Find(item));
    }

    /// <summary>Takes a rented object out of the pool for good, because it broke. The caller disposes of it.</summary>
    /// <param name="item">The object.</param>
    /// <exception cref="ArgumentNullException">The object is null.</exception>
    /// <exception cref="ArgumentException">The object did not come from this pool.</exception>
    /// <exception cref="InvalidOperationException">The object is not out.</exception>
    public void Drop(object item)
    {
        _turn.RunDue();
        _pool.Drop(Find(item));
    }

    /// <summary>Takes an object out until the lease is disposed of: for <c>try</c> and <c>finally</c>.</summary>
    /// <returns>The lease; the object is its Value.</returns>
    /// <exception cref="InvalidOperationException">No object is free.</exception>
    /// <exception cref="ObjectDisposedException">The pool is closed.</exception>
    public ScriptLease Lease() => Rent() is { } item
        ? new ScriptLease(this, item)
        : throw new InvalidOperationException(
            $"All {Capacity} objects of the pool '{Name}' are out. Lease([timespan]) waits for one.");

    /// <summary>Takes an object out until the lease is disposed of, and waits for one if none is free.</summary>
    /// <param name="timeout">How long to wait. Ctrl+C takes effect when the wait is over.</param>
    /// <returns>The lease; the object is its Value.</returns>
    /// <exception cref="TimeoutException">The time ran out.</exception>
    /// <exception cref="ObjectDisposedException">The pool is closed, or was closed during the wait.</exception>
    public ScriptLease Lease(TimeSpan timeout) => Rent(timeout) is { } item
        ? new ScriptLease(this, item)
        : throw new TimeoutException($"No object of the pool '{Name}' became free within {timeout}.");

    /// <summary>Takes an object out until the lease is disposed of, and waits for one if none is free.</summary>
    /// <param name="milliseconds">How long to wait. PowerShell would take a plain number for ticks of a time span.</param>
    /// <returns>The lease; the object is its Value.</returns>
    /// <exception cref="TimeoutException">The time ran out.</exception>
    /// <exception cref="ObjectDisposedException">The pool is closed, or was closed during the wait.</exception>
    public ScriptLease Lease(int milliseconds) => Lease(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>Closes the pool. Objects that are out can still come back; with the last of them it ends.</summary>
    public void Close()
    {
        _turn.RunDue();
        _pool.Close();
    }

    /// <summary>Closes the pool.</summary>
    public void Dispose() => Close();

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>An object without the wrapper that PowerShell may have put around it.</summary>
    /// <param name="item">The object as it came from a script.</param>
    /// <returns>The object itself. A custom object is its wrapper.</returns>
    [return: NotNullIfNotNull(nameof(item))]
    internal static object? Unwrap(object? item) =>
        item is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : item;

    private void End(ScriptPoolContent content)
    {
        ScriptPools.Remove(this);
        content.Blocks?.Dispose();
    }

    // A growing pool whose factory is a script block cannot grow on behalf of another runspace: that is a miss.
    private bool TryRent([NotNullWhen(true)] out object? item, TimeSpan timeout)
    {
        try
        {
            return _pool.TryRent(out item, timeout);
        }
        catch (NotThisTurnException)
        {
            item = null;
            return false;
        }
    }

    private bool IsFitToUse(object item)
    {
        if (_unclean.IsEmpty || !_unclean.ContainsKey(item))
        {
            return true;
        }

        if (!_turn.IsNow)
        {
            return false;
        }

        try
        {
            ResetOrDefer(item);
        }
        catch
        {
            // It is nobody's: the caller never saw it, and whatever broke its reset would break the next one.
            _unclean.TryRemove(item, out _);
            _pool.Drop(item);
            throw;
        }

        return true;
    }

    private void ResetOrDefer(object item)
    {
        if (_turn.IsNow)
        {
            ScriptTurn.Run(_reset!, item);
            _unclean.TryRemove(item, out _);
        }
        else
        {
            _unclean[item] = true;
        }
    }

    private object Find(object item)
    {
        item = Unwrap(item);
        return item is ValueType value && _boxes.TryGetValue(value, out object? box) ? box : item;
    }

    private object Box(object item) => item is ValueType value ? _boxes.GetOrAdd(value, item) : item;
}

/// <summary>How far a pool is in its life.</summary>
public enum ScriptPoolState
{
    /// <summary>Objects can be rented.</summary>
    Open,

    /// <summary>It is closed, and objects are still out.</summary>
    Closing,

    /// <summary>It is closed, and every object is released.</summary>
    Closed,
}
