namespace KretPool.Pools.Lineage;

/// <summary>How much room each part of a pool has.</summary>
internal static class BalancedRoom
{
    /// <summary>The room of each part.</summary>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <param name="options">The capacity and the balance.</param>
    /// <param name="partCount">How many parts.</param>
    /// <returns>How many objects.</returns>
    public static int ForEach<T>(PoolOptions<T> options, int partCount) =>
        ForEach(options.Capacity, partCount, options.Balance);

    /// <summary>The room of each part.</summary>
    /// <param name="capacity">How many objects there are.</param>
    /// <param name="partCount">How many parts.</param>
    /// <param name="balance">From 0, room for all, to 1, an equal share.</param>
    /// <returns>How many objects: an equal share, rounded up, and what the balance leaves of the rest.</returns>
    public static int ForEach(int capacity, int partCount, double balance)
    {
        int share = ((capacity - 1) / partCount) + 1;
        return share + (int)Math.Ceiling((1 - balance) * (capacity - share));
    }
}
