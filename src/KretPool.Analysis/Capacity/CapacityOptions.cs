using KretPool.Pools;

namespace KretPool.Analysis.Capacity;

/// <summary>What a capacity is measured for.</summary>
public sealed class CapacityOptions
{
    /// <summary>The kind of pool.</summary>
    public required PoolKind Kind { get; init; }

    /// <summary>How many threads rent and return; 1 or more.</summary>
    public required int ThreadCount { get; init; }

    /// <summary>How many objects each rents in a row; 1 or more.</summary>
    public int BulkSize { get; init; } = 1;

    /// <summary>How long an object is held; null for as short as can be.</summary>
    public TimeSpan? HoldTime { get; init; }

    /// <summary>The share of rents that may find no object, above 0 and at most 1.</summary>
    public double MaxMissRate { get; init; } = 0.001;

    /// <summary>How long an iteration of a trial lasts.</summary>
    public TimeSpan IterationTime { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How many iterations a trial has.</summary>
    public int IterationCount { get; init; } = 3;
}
