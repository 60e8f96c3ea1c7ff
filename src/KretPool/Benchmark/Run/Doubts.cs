using System.Diagnostics;
using System.Globalization;
using KretPool.Benchmark.Loop;
using KretPool.Benchmark.Machine;
using KretPool.Topology;

namespace KretPool.Benchmark.Run;

/// <summary>Finds what makes a number doubtful.</summary>
/// <param name="machine">The environment.</param>
/// <param name="topology">The machine.</param>
/// <param name="record">What the block measured.</param>
internal sealed class Doubts(MachineFacts machine, CpuTopology topology, BlockRecord record)
{
    // From where on each thing is told. A twentieth moves a ratio visibly; a tenth makes it hard to tell two kinds apart.
    private const double MaxOtherCpus = 0.05;
    private const double MaxStolenShare = 0.01;
    private const double MaxFrequencyMove = 0.05;
    private const double MaxSpread = 0.1;

    // The error of the clock is then at most a thousandth.
    private const double MinClockSteps = 1000;

    /// <summary>What makes a result doubtful.</summary>
    /// <param name="lane">The trial.</param>
    /// <returns>What was found; none if nothing was found.</returns>
    public IReadOnlyList<Doubt> About(Lane lane) => [.. OfProcess(), .. OfMachine(), .. OfPinning(), .. OfSamples(lane), .. OfLane(lane)];

    private static IEnumerable<Doubt> OfProcess()
    {
        if (Debugger.IsAttached)
        {
            yield return new Doubt("debugger", "a debugger is attached");
        }

        if (BuildFacts.IsDebugBuild)
        {
            yield return new Doubt("build", "debug build of KretPool");
        }

        if (BuildFacts.OptimizationIsOff)
        {
            yield return new Doubt("runtime", "the runtime does not optimise (DOTNET_JITMinOpts=1)");
        }
    }

    private IEnumerable<Doubt> OfMachine()
    {
        int threads = record.Block.Conditions.ThreadCount;
        int usable = CpuSet.Parse(topology.AllowedCpus).Count;
        if (threads > usable)
        {
            yield return new Doubt("threads", Text($"more threads ({threads}) than CPUs that the process may use ({usable})"), threads);
        }

        if (machine.CpuQuota < threads)
        {
            yield return new Doubt("quota", Text($"a cgroup allows {machine.CpuQuota:0.##} CPUs' worth of time, fewer than threads"));
        }

        if (record.OtherCpus > MaxOtherCpus)
        {
            yield return new Doubt("load", Text($"other programs used {record.OtherCpus:0.00} CPUs meanwhile"), record.OtherCpus.Value);
        }

        if (record.StolenCpus > MaxStolenShare * usable)
        {
            yield return new Doubt("steal", Text($"the hypervisor took away {record.StolenCpus:0.00} CPUs' worth of time"), record.StolenCpus.Value);
        }

        if (record.Governor is not ("" or "performance"))
        {
            yield return new Doubt("governor", $"frequency governor is {record.Governor}, not performance");
        }
    }

    private IEnumerable<Doubt> OfPinning() =>
        from affinity in record.Affinities
        where affinity is { Succeeded: false }
        group affinity by affinity.Problem into refused
        select new Doubt("pinning", $"pinning refused: {refused.Key}");

    private static IEnumerable<Doubt> OfSamples(Lane lane)
    {
        double[] rates = [.. lane.Samples.Select(sample => sample.OpsPerSec)];
        double spread = SampleStatistics.Spread(rates);
        if (spread > MaxSpread)
        {
            yield return new Doubt("spread", Text($"the iterations spread by {spread:0%} (quartiles over median)"), spread);
        }

        if (SampleStatistics.IsBimodal(rates))
        {
            yield return new Doubt("groups", "the iterations fall into two groups");
        }

        double moved = FrequencyMove(lane);
        if (moved > MaxFrequencyMove)
        {
            yield return new Doubt("frequency", Text($"the CPU frequency moved by {moved:0%}"), moved);
        }
    }

    private IEnumerable<Doubt> OfLane(Lane lane)
    {
        double iterationNs = record.Block.Options.IterationTime.TotalMilliseconds * 1e6;
        if (iterationNs < MinClockSteps * Math.Max(ClockCost.Current.ResolutionNs, ClockCost.Current.CostNs))
        {
            yield return new Doubt("clock", Text($"the iterations are too short for a clock with steps of {ClockCost.Current.ResolutionNs:0} ns"));
        }

        var conditions = lane.Trial.Conditions;
        if (conditions.Workload == BenchmarkWorkload.Miss && conditions.Capacity >= (long)conditions.ThreadCount * conditions.BulkSize)
        {
            yield return new Doubt("misses", "no rent had to miss: there are as many objects as the threads hold at once");
        }

        foreach (string problem in lane.MemoryProblems)
        {
            yield return new Doubt("memory", $"memory: {problem}");
        }

        if (PoolAdapters.AreInterfaces)
        {
            yield return new Doubt("interface", "the pool was called through its interface, which costs a few nanoseconds");
        }
    }

    // On each CPU, the chain of arithmetic in the slowest iteration over that in the fastest; of all CPUs, the median, so
    // that one probe that was interrupted does not count.
    private static double FrequencyMove(Lane lane) => SampleStatistics.Median(
        [.. Enumerable.Range(0, lane.Trial.Conditions.ThreadCount).Select(thread =>
        {
            double[] times = [.. lane.Samples.Select(sample => sample.ClockProbeNs[thread])];
            return (times.Max() / times.Min()) - 1;
        })]);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
