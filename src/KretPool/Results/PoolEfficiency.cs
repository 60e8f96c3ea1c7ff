namespace KretPool.Results;

/// <summary>What one kind gained from more threads under one set of conditions: one flat row of scalars.</summary>
public sealed class PoolEfficiency
{
    /// <summary>The machine's name.</summary>
    public string HostName { get; set; } = "";

    /// <summary>The kind of pool.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Whether so many threads stay within a node or package or reach across; Whole if that is not known.</summary>
    public PoolScalingScope Scope { get; set; }

    /// <summary>What each thread did between rent and return.</summary>
    public string Workload { get; set; } = "";

    /// <summary>How many threads rented and returned.</summary>
    public int ThreadCount { get; set; }

    /// <summary>How many objects the pool was made with.</summary>
    public int Capacity { get; set; }

    /// <summary>Bytes of each object; 0 for objects without a payload.</summary>
    public int ObjectSize { get; set; }

    /// <summary>How many objects were rented in a row before they were returned.</summary>
    public int BulkSize { get; set; }

    /// <summary>How threads were laid over CPUs.</summary>
    public string Placement { get; set; } = "";

    /// <summary>Where the memory of the objects was asked to come from.</summary>
    public string MemoryPolicy { get; set; } = "";

    /// <summary>Operations per second of all threads together.</summary>
    public double OpsPerSec { get; set; }

    /// <summary>Throughput divided by that of the fewest threads measured, times their number.</summary>
    public double SpeedUp { get; set; }

    /// <summary><see cref="SpeedUp"/> divided by the thread count: 1 when every thread does as much as one alone.</summary>
    public double Efficiency { get; set; }

    /// <summary>Operations per second after the fitted law; null without a claim.</summary>
    public double? FittedOpsPerSec { get; set; }
}
