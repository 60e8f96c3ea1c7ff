using System.Runtime.CompilerServices;
using KretPool.Pools;

namespace KretPool.Benchmark.Loop;

/// <summary>
/// Calls a pool through its interface. The way out where no code can be made at run time, as under NativeAOT; the result
/// then carries a warning.
/// </summary>
/// <typeparam name="TItem">The object, as the loop handles it.</typeparam>
/// <typeparam name="T">The object type.</typeparam>
internal struct InterfaceAdapter<TItem, T> : IPoolAdapter<TItem>
    where TItem : struct, IItem<TItem, T>
{
    private IObjectPool<T> _pool;

    public void Bind(object? pool) => _pool = (IObjectPool<T>)pool!;

    public readonly bool TryRent(out TItem item)
    {
        Unsafe.SkipInit(out item);
        return _pool.TryRent(out TItem.Open(ref item)!);
    }

    public readonly void Return(TItem item) => _pool.Return(TItem.Open(ref item));

    public readonly int Rent(Span<TItem> items) => _pool.Rent(TItem.Open(items));

    public readonly void Return(Span<TItem> items) => _pool.Return((ReadOnlySpan<T>)TItem.Open(items));
}
