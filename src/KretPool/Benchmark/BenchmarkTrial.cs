using KretPool.Pools;

namespace KretPool.Benchmark;

/// <summary>One kind under one set of conditions.</summary>
/// <param name="Number">Its place in the plan, from 1.</param>
/// <param name="Kind">The kind of pool.</param>
/// <param name="Conditions">The conditions.</param>
public sealed record BenchmarkTrial(int Number, PoolKind Kind, BenchmarkConditions Conditions)
{
    /// <summary>The trial in words.</summary>
    /// <returns>For example <c>trial 3: FreeList, NonBlocking, 1 thread on CPU 0 (Compact), 16 objects</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"trial {Number}: {Kind.Name}, {Conditions}");
}
