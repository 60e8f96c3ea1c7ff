namespace KretPool.Benchmark.Holds;

/// <summary>
/// What a thread does while it holds what it rented. A struct, composed into a workload without cost. Each thread has one
/// of its own.
/// </summary>
internal interface IHold : IDisposable
{
    /// <summary>Turns between two looks at the stop flag: many where a turn is short, so that looking costs nothing.</summary>
    int TurnsPerCheck { get; }

    /// <summary>Passes the time between rent and return.</summary>
    void Pass();
}

/// <summary>Nothing: what was rented is returned at once.</summary>
internal readonly struct NoHold : IHold
{
    /// <inheritdoc/>
    public int TurnsPerCheck => 64;

    /// <inheritdoc/>
    public void Pass()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
