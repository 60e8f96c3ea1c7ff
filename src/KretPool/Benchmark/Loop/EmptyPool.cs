namespace KretPool.Benchmark.Loop;

/// <summary>
/// No pool: every rent succeeds and hands out nothing. Through the same loop it tells what the loop itself costs.
/// </summary>
/// <typeparam name="TItem">The object, as the loop handles it.</typeparam>
internal readonly struct EmptyPool<TItem> : IPoolAdapter<TItem>
    where TItem : struct
{
    public void Bind(object? pool)
    {
    }

    public bool TryRent(out TItem item)
    {
        item = default;
        return true;
    }

    public void Return(TItem item)
    {
    }

    public int Rent(Span<TItem> items) => items.Length;

    public void Return(Span<TItem> items)
    {
    }
}
