using System.Globalization;
using KretPool.Benchmark;
using KretPool.Placement;
using KretPool.Pools;
using KretPool.Results;
using KretPool.Topology;

namespace KretPool.Analysis.Capacity;

/// <summary>Estimates how many objects are enough: by trials on this machine, and by queueing theory.</summary>
public static class CapacityEstimator
{
    // A kind that leaves free objects in parts that others do not look into may need many times what is in use.
    private const int LargestOverNeed = 256;

    /// <summary>Estimates.</summary>
    /// <param name="options">For what.</param>
    /// <param name="tried">Told the capacity and the miss rate of each trial, as soon as it is done; null for nobody.</param>
    /// <param name="cancel">Ends it within a second.</param>
    /// <returns>Both estimates.</returns>
    /// <exception cref="BenchmarkOptionException">An option cannot be met; the message names the value.</exception>
    /// <exception cref="InvalidOperationException">A trial failed; the message says why.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static PoolCapacityEstimate Estimate(
        CapacityOptions options, Action<int, double>? tried = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        int inUseAtMost = checked(options.ThreadCount * options.BulkSize);
        int largest = (int)Math.Min((long)inUseAtMost * LargestOverNeed, PoolOptions<object>.MaxCapacity);
        PoolBenchmarkResult? plenty = null;
        var search = new CapacitySearch(
            capacity =>
            {
                var result = Measure(options, capacity, cancel);
                tried?.Invoke(capacity, result.MissRate);
                if (plenty is null || result.Capacity > plenty.Capacity)
                {
                    plenty = result;
                }

                return result.MissRate;
            },
            options.MaxMissRate);
        var found = search.Find(inUseAtMost, largest);
        double heldNs = HeldNs(plenty!, options);

        // Little's law: rents per second times how long each is held.
        double load = plenty!.OpsPerSec * heldNs / 1e9;
        int erlang = ErlangB.Capacity(load, options.MaxMissRate);
        return new PoolCapacityEstimate
        {
            HostName = plenty.HostName,
            Kind = plenty.Kind,
            Workload = plenty.Workload,
            ThreadCount = options.ThreadCount,
            BulkSize = options.BulkSize,
            HoldMs = options.HoldTime?.TotalMilliseconds,
            MaxMissRate = options.MaxMissRate,
            MeasuredCapacity = found?.Capacity,
            MeasuredMissRate = found?.MissRate,
            MeasuredHoldMs = heldNs / 1e6,
            OfferedLoad = load,
            ErlangCapacity = erlang,
            TrialCount = search.TrialCount,
            Reason = found is { } enough
                ? string.Create(CultureInfo.InvariantCulture, $"{enough.Capacity} {(enough.Capacity == 1 ? "object was" : "objects were")} enough in trials; {erlang} would be if rents came at random.")
                : string.Create(CultureInfo.InvariantCulture, $"Even {largest} objects were not enough: free ones stay where rents do not find them."),
        };
    }

    private static PoolBenchmarkResult Measure(CapacityOptions options, int capacity, CancellationToken cancel)
    {
        int usableCpus = CpuSet.Parse(CpuTopology.Current.AllowedCpus).Count;
        var plan = BenchmarkPlan.Create(new BenchmarkOptions
        {
            Kinds = [options.Kind],
            ThreadCounts = [options.ThreadCount],
            Workloads = [options.HoldTime is not null ? BenchmarkWorkload.Blocking : options.BulkSize > 1 ? BenchmarkWorkload.Bulk : BenchmarkWorkload.NonBlocking],
            Capacities = [capacity],

            // More threads than CPUs cannot be pinned one to each.
            Placements = [options.ThreadCount > usableCpus ? PlacementStrategy.None : PlacementStrategy.Compact],
            BulkSizes = options.BulkSize > 1 ? [options.BulkSize] : [],
            HoldTime = options.HoldTime,
            IterationTime = options.IterationTime,
            IterationCount = options.IterationCount,
            WarmupTime = options.IterationTime,
        });
        var outcome = new BenchmarkRunner().Run(plan, cancel: cancel).Single();
        return outcome.Result
            ?? throw new InvalidOperationException($"The trial with {capacity} objects failed: {outcome.Error!.Message}", outcome.Error);
    }

    // How long an object really was held, in nanoseconds. A sleep lasts longer than was asked for; how long, the loop
    // without a pool tells, which does nothing else between its looks at the clock. Without a sleep, a row of rents and then
    // a row of returns, each taking half of the time, holds every object for half of that time.
    private static double HeldNs(PoolBenchmarkResult result, CapacityOptions options) =>
        options.HoldTime is null
            ? result.NsPerOp * options.BulkSize / 2
            : Math.Min(result.EmptyLoopNs ?? result.NsPerOp, result.NsPerOp) * options.BulkSize;
}
