namespace KretPool.Benchmark;

/// <summary>A pool broke the contract while it was benchmarked: an object was out twice, lost, or invented.</summary>
/// <param name="message">What it did.</param>
public sealed class BrokenPoolException(string message) : Exception(message);
