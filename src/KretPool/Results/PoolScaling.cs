namespace KretPool.Results;

/// <summary>
/// How one kind scales with threads under one set of conditions, after the Universal Scalability Law: one flat row of
/// scalars. A null is "cannot be told".
/// </summary>
public sealed class PoolScaling
{
    /// <summary>The machine's name.</summary>
    public string HostName { get; set; } = "";

    /// <summary>The kind of pool.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Which thread counts the fit covers.</summary>
    public PoolScalingScope Scope { get; set; }

    /// <summary>What each thread did between rent and return.</summary>
    public string Workload { get; set; } = "";

    /// <summary>How many objects the pool was made with; 0 if that changed with the thread count.</summary>
    public int Capacity { get; set; }

    /// <summary>Bytes of each object; 0 for objects without a payload.</summary>
    public int ObjectSize { get; set; }

    /// <summary>How many objects were rented in a row before they were returned.</summary>
    public int BulkSize { get; set; }

    /// <summary>How threads were laid over CPUs.</summary>
    public string Placement { get; set; } = "";

    /// <summary>Where the memory of the objects was asked to come from.</summary>
    public string MemoryPolicy { get; set; } = "";

    /// <summary>The thread counts that the fit is made from, with <c>;</c> between.</summary>
    public string ThreadCounts { get; set; } = "";

    /// <summary>Throughput with the most threads of the fit, divided by that of one thread where the fewest were
    /// measured.</summary>
    public double SpeedUp { get; set; }

    /// <summary><see cref="SpeedUp"/> divided by that thread count: 1 when every thread does as much as one alone.</summary>
    public double Efficiency { get; set; }

    /// <summary>Whether the data carry the law. If not, what follows from it is null, and <see cref="Reason"/> says why.</summary>
    public bool HasClaim { get; set; }

    /// <summary>What the fit says, or why there is no claim.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Operations per second of one thread without contention: lambda of the law.</summary>
    public double? OneThreadOpsPerSec { get; set; }

    /// <summary>The share of the work that is done one thread after the other: sigma of the law, 0 or more.</summary>
    public double? Contention { get; set; }

    /// <summary>The cost of keeping each pair of threads consistent: kappa of the law, 0 or more.</summary>
    public double? Crosstalk { get; set; }

    /// <summary>The thread count beyond which throughput falls; null if it does not.</summary>
    public double? PeakThreadCount { get; set; }

    /// <summary>Share of the variation of the logarithm of throughput that the law explains, at most 1.</summary>
    public double? RSquared { get; set; }

    /// <summary>How far the law is off the measured throughput, root of the mean square, in percent.</summary>
    public double? FitErrorPercent { get; set; }

    /// <summary>The thread count that is predicted.</summary>
    public int? PredictedThreadCount { get; set; }

    /// <summary>Predicted operations per second.</summary>
    public double? PredictedOpsPerSec { get; set; }

    /// <summary>Lower end of the 95 % interval of <see cref="PredictedOpsPerSec"/>.</summary>
    public double? PredictedOpsPerSecLow { get; set; }

    /// <summary>Upper end of the 95 % interval of <see cref="PredictedOpsPerSec"/>.</summary>
    public double? PredictedOpsPerSecHigh { get; set; }

    /// <summary>Operations per second that were measured with the predicted thread count; null if they were not.</summary>
    public double? MeasuredOpsPerSec { get; set; }

    /// <summary>How far the prediction is off what was measured, in percent; above 0 if it promises too much. Null where
    /// what was measured lies on the other side of a border between nodes or packages.</summary>
    public double? PredictionErrorPercent { get; set; }
}

/// <summary>Which thread counts a fit covers.</summary>
public enum PoolScalingScope
{
    /// <summary>All: no border between nodes or packages is known.</summary>
    Whole,

    /// <summary>Those that fit into one node or package.</summary>
    Within,

    /// <summary>Those that reach across nodes or packages.</summary>
    Across,
}
