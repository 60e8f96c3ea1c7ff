namespace KretPool.Results;

/// <summary>A result beside its baseline: one flat row of scalars. A null is "cannot be told". Times are UTC.</summary>
public sealed class PoolComparison
{
    /// <summary>The kind of pool.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The kind of pool of the baseline.</summary>
    public string BaselineKind { get; set; } = "";

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

    /// <summary>CPUs asked for, as a CPU list; empty if threads were not pinned.</summary>
    public string Cpus { get; set; } = "";

    /// <summary>Operations per second; the median of the iterations.</summary>
    public double OpsPerSec { get; set; }

    /// <summary>Operations per second of the baseline; the median of the iterations.</summary>
    public double BaselineOpsPerSec { get; set; }

    /// <summary><see cref="OpsPerSec"/> divided by <see cref="BaselineOpsPerSec"/>; above 1 is faster.</summary>
    public double? Ratio { get; set; }

    /// <summary>Lower end of the 95 % bootstrap interval of <see cref="Ratio"/>; null with too few samples.</summary>
    public double? RatioLow { get; set; }

    /// <summary>Upper end of the 95 % bootstrap interval of <see cref="Ratio"/>; null with too few samples.</summary>
    public double? RatioHigh { get; set; }

    /// <summary>Two-sided p-value of the Mann-Whitney test, from 0 to 1; null with too few samples.</summary>
    public double? PValue { get; set; }

    /// <summary><see cref="PValue"/> corrected for the number of comparisons made together (Benjamini-Hochberg).</summary>
    public double? AdjustedPValue { get; set; }

    /// <summary>Cliff's delta, from -1 (every sample below the baseline's) to 1 (every sample above).</summary>
    public double? EffectSize { get; set; }

    /// <summary>What the comparison says.</summary>
    public PoolVerdict Verdict { get; set; }

    /// <summary>Why the verdict is what it is, in words.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Geometric mean of <see cref="Ratio"/> over all comparisons of the same two kinds made together.</summary>
    public double? GeometricMeanRatio { get; set; }

    /// <summary>How many samples the result has.</summary>
    public int SampleCount { get; set; }

    /// <summary>How many samples the baseline has.</summary>
    public int BaselineSampleCount { get; set; }

    /// <summary>The difference that was said to matter, in percent.</summary>
    public double ThresholdPercent { get; set; }

    /// <summary>The confidence that was asked for, from 0 to 1.</summary>
    public double Confidence { get; set; }

    /// <summary>What differs between the environments of the two, with <c>; </c> between; empty if nothing does.</summary>
    public string EnvironmentDifferences { get; set; } = "";

    /// <summary>The columns that are equal in the two, with <c>;</c> between.</summary>
    public string MatchedBy { get; set; } = "";

    /// <summary>The machine's name.</summary>
    public string HostName { get; set; } = "";

    /// <summary>The name of the baseline's machine.</summary>
    public string BaselineHostName { get; set; } = "";

    /// <summary>The sweep that the result belongs to.</summary>
    public Guid RunId { get; set; }

    /// <summary>The sweep that the baseline belongs to; the latest of them if the baseline is made of several.</summary>
    public Guid BaselineRunId { get; set; }

    /// <summary>When the block of the trial started, UTC.</summary>
    public DateTime StartedUtc { get; set; }

    /// <summary>When the block of the baseline's trial started, UTC.</summary>
    public DateTime BaselineStartedUtc { get; set; }
}
