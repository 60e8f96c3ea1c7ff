using System.Collections.Concurrent;

namespace KretPool.Pools.Ownership;

#pragma warning disable CS8714 // T is a reference or a nint, and every object was checked for null.

/// <summary>
/// The book over a pool that makes objects when it is empty and may let some go: only those that are out are in it, so
/// that it keeps no object alive.
/// </summary>
/// <typeparam name="T">The type of the objects.</typeparam>
internal sealed class GrowingBook<T>(string pool) : OwnershipBook<T>
{
    private readonly ConcurrentDictionary<T, bool> _out = new(Identity);

    public override bool TryTakeOut(T item) =>
        _out.TryAdd(item, true) ? true : throw Broken(item, pool, "is out already");

    public override void BeginReturn(T item) => StrikeOff(item);

    public override void CancelReturn(T item) => _out[item] = true;

    public override void EndReturn(T item) => Interlocked.MemoryBarrier();

    public override void StrikeOff(T item)
    {
        if (!_out.TryRemove(item, out _))
        {
            throw new InvalidOperationException(
                $"'{item}' is not out of the pool '{pool}': it was returned already, or came from elsewhere.");
        }
    }
}
