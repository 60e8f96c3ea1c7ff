namespace KretPool.Benchmark;

/// <summary>How far a sweep is.</summary>
/// <param name="Trial">The trial that is being measured.</param>
/// <param name="TrialCount">Trials in the plan.</param>
/// <param name="Activity">What is being done with it, in a few words.</param>
/// <param name="Percent">How much of the sweep's time is over, from 0 to 100.</param>
/// <param name="Remaining">About how much longer the sweep takes.</param>
public sealed record BenchmarkProgress(BenchmarkTrial Trial, int TrialCount, string Activity, double Percent, TimeSpan Remaining);
