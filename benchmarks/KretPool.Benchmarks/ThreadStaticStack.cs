using System.Runtime.CompilerServices;

namespace KretPool.Benchmarks;

/// <summary>
/// The least that a pool can be: an array and a count of the thread's own, one for the whole process. No other thread can
/// reach the objects, and there is no second pool.
/// </summary>
internal readonly struct ThreadStaticStack : IDesign
{
    [ThreadStatic]
    private static Item?[]? t_items;

    [ThreadStatic]
    private static int t_count;

    /// <inheritdoc/>
    public void Prepare()
    {
        t_items = new Item[64];
        t_count = 0;
        foreach (Item item in Item.Make(16))
        {
            Return(item);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRent(out Item item)
    {
        Item?[]? items = t_items;
        int count = t_count - 1;
        if (items is not null && (uint)count < (uint)items.Length)
        {
            t_count = count;
            item = items[count]!;
            return true;
        }

        item = null!;
        return false;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(Item item)
    {
        Item?[]? items = t_items;
        int count = t_count;
        if (items is not null && (uint)count < (uint)items.Length)
        {
            items[count] = item;
            t_count = count + 1;
        }
    }
}
