using System.Globalization;
using KretPool.Pools;

namespace KretPool.Benchmark;

/// <summary>Refuses options that no machine could meet.</summary>
internal static class OptionChecks
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    /// <summary>Checks all options.</summary>
    /// <exception cref="BenchmarkOptionException">One cannot be met.</exception>
    public static void Check(BenchmarkOptions options)
    {
        if (options.Kinds.Count == 0)
        {
            throw new BenchmarkOptionException("Kind", null, "There is no kind of pool to measure. Name at least one.");
        }

        InRange("Capacity", "A capacity", options.Capacities, 1, PoolOptions<object>.MaxCapacity);
        InRange("ObjectSize", "An object size", options.ObjectSizes, 0, BenchmarkPlan.MaxObjectSize);
        InRange("BulkSize", "A bulk size", options.BulkSizes, 1, BenchmarkPlan.MaxBulkSize);
        InRange("IterationCount", "An iteration count", [options.IterationCount], 1, 10_000);
        InRange("IterationTime", options.IterationTime, TimeSpan.FromMilliseconds(1), s_hour);
        InRange("WarmupTime", options.WarmupTime, TimeSpan.Zero, s_hour);
        InRange("HoldTime", options.HoldTime, TimeSpan.FromMicroseconds(1), s_hour);
        InRange("InterruptInterval", options.InterruptInterval, TimeSpan.FromMicroseconds(100), s_hour);
        InRange("MaxDuration", options.MaxDuration, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(365));

        Needs("HoldTime", options.HoldTime, options, BenchmarkWorkload.Blocking);
        Needs("ProbedRoutine", options.ProbedRoutine, options, BenchmarkWorkload.Probe);
        Needs(
            "BulkSize", options.BulkSizes.Any(size => size > 1) ? options.BulkSizes.Max() : null, options,
            BenchmarkWorkload.Bulk, BenchmarkWorkload.BulkCall, BenchmarkWorkload.Miss, BenchmarkWorkload.Blocking);
        if (options.MemoryPolicies.FirstOrDefault(policy => policy != MemoryPolicy.Default) is { } policy
            && options.ObjectSizes.Contains(0))
        {
            throw new BenchmarkOptionException(
                "ObjectSize", 0,
                $"Memory policy '{policy}' places native memory, and objects of 0 bytes have none. Give an object size of 1 or more.");
        }
    }

    private static void InRange(string option, string name, IEnumerable<int> values, int least, int most)
    {
        foreach (int value in values.Where(value => value < least || value > most))
        {
            throw new BenchmarkOptionException(
                option, value, string.Create(CultureInfo.InvariantCulture, $"{name} of {value} is not possible. Give from {least} to {most}."));
        }
    }

    private static void InRange(string option, TimeSpan? value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
        {
            throw new BenchmarkOptionException(
                option, value, $"{option} cannot be {value:c}. Give from {least:c} to {most:c} (hours:minutes:seconds).");
        }
    }

    // An option that no workload of the sweep looks at is a mistake: the operator believes that it counts.
    private static void Needs(string option, object? value, BenchmarkOptions options, params BenchmarkWorkload[] workloads)
    {
        if (value is not null && !options.Workloads.Intersect(workloads).Any())
        {
            throw new BenchmarkOptionException(
                option, value, $"{option} {value} counts only with the workload {string.Join(" or ", workloads)}. Add it to the workloads.");
        }
    }
}
