using System.Diagnostics.CodeAnalysis;
using KretPool.Pools;

namespace KretPool.Benchmark.Loop;

/// <summary>
/// No pool: every rent succeeds and hands out nothing. Through the same loop it tells what the loop itself costs.
/// </summary>
/// <typeparam name="T">The object type.</typeparam>
internal readonly struct EmptyPool<T> : IPoolAdapter<T>
{
    public void Bind(IObjectPool<T>? pool)
    {
    }

    public bool TryRent([MaybeNullWhen(false)] out T item)
    {
        item = default!;
        return true;
    }

    public void Return(T item)
    {
    }

    public int Rent(Span<T> items) => items.Length;

    public void Return(ReadOnlySpan<T> items)
    {
    }
}
