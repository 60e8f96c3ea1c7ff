using System.Diagnostics.CodeAnalysis;
using KretPool.Pools;

namespace KretPool.Benchmark.Loop;

/// <summary>
/// Calls a pool through its interface. The way out where no code can be made at run time, as under NativeAOT; the result
/// then carries a warning.
/// </summary>
/// <typeparam name="T">The object type.</typeparam>
internal struct InterfaceAdapter<T> : IPoolAdapter<T>
{
    private IObjectPool<T> _pool;

    public void Bind(IObjectPool<T>? pool) => _pool = pool!;

    public readonly bool TryRent([MaybeNullWhen(false)] out T item) => _pool.TryRent(out item);

    public readonly void Return(T item) => _pool.Return(item);

    public readonly int Rent(Span<T> items) => _pool.Rent(items);

    public readonly void Return(ReadOnlySpan<T> items) => _pool.Return(items);
}
