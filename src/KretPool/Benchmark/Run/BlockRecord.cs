using KretPool.Placement;

namespace KretPool.Benchmark.Run;

/// <summary>What a block measured, before it is turned into results.</summary>
/// <param name="Block">The block.</param>
/// <param name="Lanes">Its trials.</param>
/// <param name="Failed">Trials whose pool could not be made.</param>
internal sealed record BlockRecord(BenchmarkBlock Block, IReadOnlyList<Lane> Lanes, IReadOnlyList<BenchmarkOutcome> Failed)
{
    /// <summary>When the block started.</summary>
    public required DateTime StartedUtc { get; init; }

    /// <summary>Runnable threads just before, the average of a minute; null if unknown.</summary>
    public required double? LoadAverage { get; init; }

    /// <summary>Frequency governors of the CPUs; empty if unknown.</summary>
    public required string Governor { get; init; }

    /// <summary>What became of the pinning of each thread.</summary>
    public required IReadOnlyList<ThreadAffinity?> Affinities { get; init; }

    /// <summary>Nanoseconds of the loop without a pool; the least of the iterations.</summary>
    public required double EmptyLoopNs { get; init; }

    /// <summary>CPUs that other programs kept busy while the block ran; null if unknown.</summary>
    public required double? OtherCpus { get; init; }

    /// <summary>CPUs' worth of time that the hypervisor took away while the block ran; null if unknown.</summary>
    public required double? StolenCpus { get; init; }
}
