namespace KretPool.Results;

/// <summary>
/// A change for good along the history of a series, a kind under one set of conditions on one machine: one flat row of
/// scalars. Times are UTC.
/// </summary>
public sealed class PoolRegression
{
    /// <summary>The machine's name.</summary>
    public string HostName { get; set; } = "";

    /// <summary>The kind of pool.</summary>
    public string Kind { get; set; } = "";

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

    /// <summary>Slower, or Faster where improvements were asked for as well.</summary>
    public PoolVerdict Verdict { get; set; }

    /// <summary>Whether the series changed little by little over all of its runs instead of from one to the next. The change
    /// is then dated to the second of them, and the levels are the ends of a line through all.</summary>
    public bool IsGradual { get; set; }

    /// <summary>When the first run after the change started.</summary>
    public DateTime ChangedUtc { get; set; }

    /// <summary>When the last run before the change started.</summary>
    public DateTime LastBeforeUtc { get; set; }

    /// <summary>The first run after the change.</summary>
    public Guid RunId { get; set; }

    /// <summary>Operations per second before the change; the median of the runs since the change before.</summary>
    public double OpsPerSecBefore { get; set; }

    /// <summary>Operations per second after the change; the median of the runs until the next one.</summary>
    public double OpsPerSecAfter { get; set; }

    /// <summary><see cref="OpsPerSecAfter"/> divided by <see cref="OpsPerSecBefore"/>.</summary>
    public double Ratio { get; set; }

    /// <summary>Lower end of the 95 % bootstrap interval of <see cref="Ratio"/>; null with too few runs, or if gradual.</summary>
    public double? RatioLow { get; set; }

    /// <summary>Upper end of the 95 % bootstrap interval of <see cref="Ratio"/>; null with too few runs, or if gradual.</summary>
    public double? RatioHigh { get; set; }

    /// <summary>How sure the change is, from 0 to 1: 1 minus the p-value, adjusted for how many series were looked at.</summary>
    public double Confidence { get; set; }

    /// <summary>How many runs are before the change, since the change before.</summary>
    public int RunsBefore { get; set; }

    /// <summary>How many runs are after it, until the next one.</summary>
    public int RunsAfter { get; set; }

    /// <summary>What differs between the environments of the runs on either side, with <c>; </c> between.</summary>
    public string EnvironmentDifferences { get; set; } = "";
}
