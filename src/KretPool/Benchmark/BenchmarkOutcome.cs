using KretPool.Results;

namespace KretPool.Benchmark;

/// <summary>What became of a trial: a result or an error, never both.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Result">What it measured; null if it failed.</param>
/// <param name="Error">Why it failed; null if it did not.</param>
public sealed record BenchmarkOutcome(BenchmarkTrial Trial, PoolBenchmarkResult? Result, Exception? Error);
