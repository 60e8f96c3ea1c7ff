using System.Globalization;
using KretPool.Benchmark.Loop;
using KretPool.Benchmark.Machine;
using KretPool.Results;
using KretPool.Topology;

namespace KretPool.Benchmark.Run;

/// <summary>Turns what a block measured into results.</summary>
/// <param name="runId">The sweep.</param>
/// <param name="machine">The environment.</param>
/// <param name="topology">The machine.</param>
internal sealed class ResultWriter(Guid runId, MachineFacts machine, CpuTopology topology)
{
    /// <summary>What makes the results written so far doubtful.</summary>
    public DoubtSummary Doubts { get; } = new();

    /// <summary>Writes the outcomes of a block.</summary>
    /// <param name="record">What it measured.</param>
    /// <returns>One outcome for each trial.</returns>
    public IReadOnlyList<BenchmarkOutcome> Write(BlockRecord record)
    {
        var doubts = new Doubts(machine, topology, record);
        var outcomes = new List<BenchmarkOutcome>(record.Failed);
        foreach (var lane in record.Lanes)
        {
            if (lane.Error is not null)
            {
                outcomes.Add(new BenchmarkOutcome(lane.Trial, null, lane.Error));
                continue;
            }

            var found = doubts.About(lane);
            Doubts.Add(found);
            outcomes.Add(new BenchmarkOutcome(lane.Trial, Write(record, lane, found), null));
        }

        return [.. outcomes.OrderBy(outcome => outcome.Trial.Number)];
    }

    private PoolBenchmarkResult Write(BlockRecord record, Lane lane, IReadOnlyList<Doubt> found)
    {
        var conditions = lane.Trial.Conditions;
        var options = record.Block.Options;
        double[] rates = [.. lane.Samples.Select(sample => sample.OpsPerSec)];
        double median = SampleStatistics.Median(rates);
        var interval = SampleStatistics.MedianInterval(rates);
        var cpus = conditions.Cpus;
        long hits = lane.Samples.Sum(sample => sample.Hits);
        long misses = lane.Samples.Sum(sample => sample.Misses);
        return new PoolBenchmarkResult
        {
            RunId = runId,
            StartedUtc = record.StartedUtc,
            HostName = machine.HostName,
            Kind = lane.Trial.Kind.Name,
            Workload = conditions.Workload.ToString(),
            ProbedRoutine = conditions.ProbedRoutine?.ToString() ?? "",
            HoldMs = conditions.HoldTime?.TotalMilliseconds,
            InterruptMs = conditions.InterruptInterval?.TotalMilliseconds,
            ClosedWhileOut = conditions.CloseWhileOut,
            ThreadCount = conditions.ThreadCount,
            Capacity = conditions.Capacity,
            ObjectSize = conditions.ObjectSize,
            BulkSize = conditions.BulkSize,
            Placement = conditions.Placement.ToString(),
            MemoryPolicy = conditions.MemoryPolicy.ToString(),
            Cpus = cpus.ToString(),
            EffectiveCpus = EffectiveCpus(record).ToString(),
            Nodes = NodesOf(EffectiveCpus(record)).ToString(),
            IterationCount = lane.Samples.Count,
            IterationMs = options.IterationTime.TotalMilliseconds,
            OpsPerSec = median,
            OpsPerSecLow = interval?.Low,
            OpsPerSecHigh = interval?.High,
            NsPerOp = conditions.ThreadCount * 1e9 / median,
            EmptyLoopNs = record.EmptyLoopNs,
            Hits = hits,
            Misses = misses,
            MissRate = (double)misses / (hits + misses),
            RemoteRentRate = lane.RemoteRentRate,
            Fairness = SampleStatistics.Fairness(ThreadTotals(lane)),
            P50Ns = lane.Latency?.ValueAtPercentile(50),
            P90Ns = lane.Latency?.ValueAtPercentile(90),
            P99Ns = lane.Latency?.ValueAtPercentile(99),
            P999Ns = lane.Latency?.ValueAtPercentile(99.9),
            MaxNs = lane.Latency?.Maximum,
            ClockCostNs = lane.Latency is null ? null : ClockCost.Current.CostNs,
            ClockResolutionNs = lane.Latency is null ? null : ClockCost.Current.ResolutionNs,
            AllocatedBytes = lane.Samples.Sum(sample => sample.AllocatedBytes),
            Gen0Collections = lane.Samples.Sum(sample => sample.Gen0Collections),
            PoolBytes = lane.PoolBytes,
            SamplesOpsPerSec = string.Join(';', rates.Select(rate => rate.ToString("F0", CultureInfo.InvariantCulture))),
            CpuModel = machine.CpuModel,
            TopologyDigest = machine.TopologyDigest,
            Kernel = machine.Kernel,
            Runtime = machine.Runtime,
            GcMode = machine.GcMode,
            Governor = record.Governor,
            SmtActive = machine.SmtActive,
            Virtualization = machine.Virtualization,
            CpuQuota = machine.CpuQuota,
            LoadAverage = record.LoadAverage,
            ModuleVersion = machine.ModuleVersion,
            Warnings = string.Join("; ", found.Select(doubt => doubt.Text)),
        };
    }

    private static double[] ThreadTotals(Lane lane) =>
        [.. Enumerable.Range(0, lane.Trial.Conditions.ThreadCount)
            .Select(thread => (double)lane.Samples.Sum(sample => sample.ThreadOps[thread]))];

    // A thread that was not pinned may run wherever the process may.
    private CpuSet EffectiveCpus(BlockRecord record) =>
        record.Affinities.Aggregate(
            CpuSet.Empty, (all, affinity) => all.Union(affinity?.Effective ?? CpuSet.Parse(topology.AllowedCpus)));

    private CpuSet NodesOf(CpuSet cpus) =>
        CpuSet.From(topology.Nodes.Where(node => CpuSet.Parse(node.Cpus).Intersect(cpus).Count > 0).Select(node => node.Id));
}
