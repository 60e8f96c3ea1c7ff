namespace KretPool.Benchmark;

/// <summary>
/// The trials that differ only in kind. Their iterations are interleaved, A B C A B C ..., so that a drift of the machine
/// hits all alike.
/// </summary>
/// <param name="Number">Its place in the plan, from 1.</param>
/// <param name="Options">The options it was planned from.</param>
/// <param name="Conditions">The conditions that its trials share.</param>
/// <param name="Trials">One trial for each kind, in the order in which they take turns.</param>
public sealed record BenchmarkBlock(
    int Number, BenchmarkOptions Options, BenchmarkConditions Conditions, IReadOnlyList<BenchmarkTrial> Trials)
{
    // Compiling, checking the pools, starting threads, taking stock: about what these take on a small machine.
    private static readonly TimeSpan s_overhead = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan s_overheadPerTrial = TimeSpan.FromMilliseconds(60);

    /// <summary>How long an iteration of the empty loop lasts: a tenth of the others, but long enough to mean something.</summary>
    public TimeSpan EmptyLoopTime => TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerMillisecond, Options.IterationTime.Ticks / 10));

    /// <summary>About how long the block takes.</summary>
    public TimeSpan ExpectedTime =>
        s_overhead
        + (Options.IterationCount * ((Trials.Count * Whole(Options.IterationTime) * (Options.Latency ? 2 : 1)) + Whole(EmptyLoopTime)))
        + (Trials.Count * (s_overheadPerTrial + Whole(Options.WarmupTime)));

    // A run ends with the operation that it is in.
    private TimeSpan Whole(TimeSpan time) => time > TimeSpan.Zero && Conditions.HoldTime > time ? Conditions.HoldTime.Value : time;

    /// <summary>The block in words.</summary>
    /// <returns>For example <c>block 2: NonBlocking, 2 threads on CPU 0-1 (Compact), 16 objects; KretPool, FreeList</c>.</returns>
    public override string ToString() =>
        FormattableString.Invariant($"block {Number}: {Conditions}; {string.Join(", ", Trials.Select(trial => trial.Kind.Name))}");
}
