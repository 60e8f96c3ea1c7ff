using System.Globalization;
using KretPool.Benchmark.Machine;
using KretPool.Results;

namespace KretPool.Benchmark;

/// <summary>What is left of a sweep that ended before its time, because a machine or a process died in the middle.</summary>
/// <remarks>
/// A block counts as measured when there is a result for each of its trials. One of which only a part was saved is
/// measured again as a whole: its kinds are to be compared, so they have to be measured side by side.
/// </remarks>
public static class SweepResumption
{
    /// <summary>The sweep that results belong to.</summary>
    /// <param name="results">The results.</param>
    /// <returns>Its id; null if there are no results.</returns>
    /// <exception cref="BenchmarkOptionException">They belong to more than one.</exception>
    public static Guid? RunIdOf(IReadOnlyCollection<PoolBenchmarkResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        Guid[] runs = [.. results.Select(result => result.RunId).Distinct()];
        return runs.Length <= 1
            ? runs.Cast<Guid?>().FirstOrDefault()
            : throw new BenchmarkOptionException(
                "Resume", runs[1],
                Text($"The results to resume from belong to {runs.Length} sweeps, such as {runs[0]} and {runs[1]}. Give those of one, or -RunId to choose it."));
    }

    /// <summary>Drops the blocks of a plan that are measured already.</summary>
    /// <param name="plan">The plan of the whole sweep.</param>
    /// <param name="results">What there is of it.</param>
    /// <returns>The plan of what is left; it may hold no block.</returns>
    /// <exception cref="BenchmarkOptionException">The results were taken on another machine, or on this one before its kernel,
    /// runtime, limits or module changed: one sweep would hold numbers that must not be compared.</exception>
    public static BenchmarkPlan Remaining(BenchmarkPlan plan, IReadOnlyCollection<PoolBenchmarkResult> results)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(results);
        if (results.Count == 0)
        {
            return plan;
        }

        var machine = MachineFacts.Read(plan.Topology);
        foreach (var result in results)
        {
            RefuseOtherEnvironment(result, machine);
        }

        ILookup<string, PoolBenchmarkResult> byKind = results.ToLookup(result => result.Kind, StringComparer.OrdinalIgnoreCase);
        return plan.Where(block => !block.Trials.All(
            trial => byKind[trial.Kind.Name].Any(result => IsOf(block, result))));
    }

    private static void RefuseOtherEnvironment(PoolBenchmarkResult result, MachineFacts machine)
    {
        Refuse("host", result.HostName, machine.HostName);
        Refuse("topology", result.TopologyDigest, machine.TopologyDigest);
        Refuse("kernel", result.Kernel, machine.Kernel);
        Refuse("runtime", result.Runtime, machine.Runtime);
        Refuse("CPU quota", Text($"{result.CpuQuota}"), Text($"{machine.CpuQuota}"));
        Refuse("module version", result.ModuleVersion, machine.ModuleVersion);

        void Refuse(string what, string then, string now)
        {
            if (then != now)
            {
                throw new BenchmarkOptionException(
                    "Resume", then,
                    $"Sweep {result.RunId} cannot go on here: its {what} was '{then}' and is '{now}' now. Start a new sweep, without -Resume.");
            }
        }
    }

    private static bool IsOf(BenchmarkBlock block, PoolBenchmarkResult result)
    {
        var conditions = block.Conditions;
        var options = block.Options;
        return result.Workload == conditions.Workload.ToString()
            && result.ThreadCount == conditions.ThreadCount
            && result.Capacity == conditions.Capacity
            && result.ObjectSize == conditions.ObjectSize
            && result.BulkSize == conditions.BulkSize
            && result.Placement == conditions.Placement.ToString()
            && result.MemoryPolicy == conditions.MemoryPolicy.ToString()
            && result.Cpus == conditions.Cpus.ToString()
            && result.ProbedRoutine == (conditions.ProbedRoutine?.ToString() ?? "")
            && result.HoldMs == conditions.HoldTime?.TotalMilliseconds
            && result.InterruptMs == conditions.InterruptInterval?.TotalMilliseconds
            && result.ClosedWhileOut == conditions.CloseWhileOut
            && result.IterationCount == options.IterationCount
            && result.IterationMs == options.IterationTime.TotalMilliseconds
            && (result.P50Ns is not null || !options.Latency);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
