namespace KretPool.Benchmark.Loop;

/// <summary>What a thread does while it holds what it rented. A struct, composed into a workload without cost.</summary>
internal interface IHold
{
    /// <summary>Turns between two looks at the stop flag.</summary>
    int TurnsPerCheck { get; }

    /// <summary>Passes the time between rent and return.</summary>
    void Pass();
}

/// <summary>Nothing: what was rented is returned at once.</summary>
internal readonly struct NoHold : IHold
{
    public int TurnsPerCheck => 64;

    public void Pass()
    {
    }
}
