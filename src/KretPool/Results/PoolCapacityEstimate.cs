namespace KretPool.Results;

/// <summary>
/// The smallest capacity that keeps misses under a target: measured by trials, and beside it what queueing theory says.
/// One flat row of scalars. A null is "cannot be told".
/// </summary>
public sealed class PoolCapacityEstimate
{
    /// <summary>The machine's name.</summary>
    public string HostName { get; set; } = "";

    /// <summary>The kind of pool.</summary>
    public string Kind { get; set; } = "";

    /// <summary>What each thread did between rent and return.</summary>
    public string Workload { get; set; } = "";

    /// <summary>How many threads rented and returned.</summary>
    public int ThreadCount { get; set; }

    /// <summary>How many objects were rented in a row before they were returned.</summary>
    public int BulkSize { get; set; }

    /// <summary>How long an object was to be held, in milliseconds; null if it was returned at once.</summary>
    public double? HoldMs { get; set; }

    /// <summary>The share of rents that may find no object, from 0 to 1.</summary>
    public double MaxMissRate { get; set; }

    /// <summary>The smallest capacity at which trials stayed under the target; null if none did.</summary>
    public int? MeasuredCapacity { get; set; }

    /// <summary>The share of rents that found no object at <see cref="MeasuredCapacity"/>.</summary>
    public double? MeasuredMissRate { get; set; }

    /// <summary>How long an object really was held, in milliseconds, with plenty of objects.</summary>
    public double? MeasuredHoldMs { get; set; }

    /// <summary>Objects in use on average with plenty of them, by Little's law from the measured rate and hold time.</summary>
    public double? OfferedLoad { get; set; }

    /// <summary>The smallest capacity under the target by the Erlang B formula, for rents that come at random.</summary>
    public int? ErlangCapacity { get; set; }

    /// <summary>How many trials were run.</summary>
    public int TrialCount { get; set; }

    /// <summary>What the two say, in words.</summary>
    public string Reason { get; set; } = "";
}
