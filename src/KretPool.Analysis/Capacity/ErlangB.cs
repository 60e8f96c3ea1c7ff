namespace KretPool.Analysis.Capacity;

/// <summary>The Erlang B formula: how often a request finds all of a number of objects in use.</summary>
/// <remarks>
/// Source: Erlang, Post Office Electrical Engineer's Journal 10 (1917). Requests come at random and a refused one does not
/// wait; how long objects are held may be distributed in any way. It asks for more objects than a pool of few threads
/// needs, since no thread holds more than it rents.
/// </remarks>
public static class ErlangB
{
    private const int MaxServers = 1 << 24;

    /// <summary>The share of requests that find nothing free.</summary>
    /// <param name="load">The offered load: requests in a time that one is held, 0 or more.</param>
    /// <param name="capacity">How many objects there are, 0 or more.</param>
    /// <returns>From 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is negative or not a number.</exception>
    public static double MissRate(double load, int capacity)
    {
        CheckLoad(load);
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        double missRate = 1;
        for (int servers = 1; servers <= capacity; servers++)
        {
            missRate = Next(missRate, load, servers);
        }

        return missRate;
    }

    /// <summary>The smallest number of objects that keeps the share at or under a target.</summary>
    /// <param name="load">The offered load, 0 or more.</param>
    /// <param name="maxMissRate">The target, above 0 and at most 1.</param>
    /// <returns>The number of objects.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static int Capacity(double load, double maxMissRate)
    {
        CheckLoad(load);
        if (maxMissRate is not (> 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(maxMissRate), maxMissRate, "A miss rate to stay under is above 0 and at most 1.");
        }

        double missRate = 1;
        int servers = 0;
        while (missRate > maxMissRate && servers < MaxServers)
        {
            missRate = Next(missRate, load, ++servers);
        }

        return servers;
    }

    // The recursion over the number of servers, which neither overflows nor cancels.
    private static double Next(double missRate, double load, int servers) => load * missRate / (servers + (load * missRate));

    private static void CheckLoad(double load)
    {
        if (load is not (>= 0 and < double.PositiveInfinity))
        {
            throw new ArgumentOutOfRangeException(nameof(load), load, "An offered load is 0 or more.");
        }
    }
}
