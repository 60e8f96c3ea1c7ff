namespace KretPool.Benchmarks;

/// <summary>A way to pool objects. Implemented by structs, so that the measuring loop is compiled for each without calls.</summary>
internal interface IDesign
{
    /// <summary>Gets a thread ready. Called by each thread that will rent, before it is measured.</summary>
    void Prepare();

    /// <summary>Takes an object out.</summary>
    /// <param name="item">The object.</param>
    /// <returns>Whether one was free.</returns>
    bool TryRent(out Item item);

    /// <summary>Gives an object back.</summary>
    /// <param name="item">The object.</param>
    void Return(Item item);
}

/// <summary>What is pooled.</summary>
internal sealed class Item
{
    /// <summary>Makes objects for a pool.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The objects.</returns>
    public static Item[] Make(int count) => [.. Enumerable.Range(0, count).Select(_ => new Item())];
}
