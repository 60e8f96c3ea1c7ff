using KretPool.Placement;
using KretPool.Topology;

namespace KretPool.Benchmark;

/// <summary>Turns a suite into the sweeps that it stands for.</summary>
public static class BenchmarkSuites
{
    // Thread counts of the published data, from 1 to the 96 of its x86 machine and on to the 192 that were tried on it.
    private static readonly int[] s_publishedThreads = [1, 2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 80, 96, 128, 192];
    private static readonly int[] s_publishedCapacities = [96, 128, 192, 256, 384, 1536];

    // The kernel test's timer fires every 5 ms.
    private static readonly TimeSpan s_timer = TimeSpan.FromMilliseconds(5);

    /// <summary>The options that make a suite what it is, by the names of the cmdlet's parameters. To set them is a mistake.</summary>
    /// <param name="suite">The suite.</param>
    /// <returns>The names.</returns>
    public static IReadOnlyList<string> OwnOptions(BenchmarkSuite suite) =>
        suite == BenchmarkSuite.Quick ? [] : ["Workload", "BulkSize", "InterruptInterval", "CloseWhileOut"];

    /// <summary>The sweeps of a suite.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="options">Kinds, times, and whatever else the suite does not set itself.</param>
    /// <param name="topology">The machine; this one if null.</param>
    /// <returns>One after the other, for <see cref="BenchmarkPlan.Create(IReadOnlyList{BenchmarkOptions}, CpuTopology?)"/>.</returns>
    public static IReadOnlyList<BenchmarkOptions> Sweeps(
        BenchmarkSuite suite, BenchmarkOptions options, CpuTopology? topology = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        int cpus = CpuPlacement.MaxThreads(topology ?? CpuTopology.Current, PlacementStrategy.Compact);
        return suite switch
        {
            BenchmarkSuite.Quick => [options with { Workloads = [BenchmarkWorkload.NonBlocking] }],
            BenchmarkSuite.Published => Published(options, cpus),
            BenchmarkSuite.KernelTest => KernelTest(options, cpus),
            _ => throw new ArgumentOutOfRangeException(nameof(suite), suite, "There is no such suite."),
        };
    }

    private static List<BenchmarkOptions> Published(BenchmarkOptions options, int cpus)
    {
        var sweeps = new List<BenchmarkOptions>();
        foreach (TimeSpan? interval in new TimeSpan?[] { null, s_timer })
        {
            var single = options with
            {
                ThreadCounts = [.. s_publishedThreads.Where(count => count <= cpus)],
                Capacities = s_publishedCapacities,
                Workloads = [BenchmarkWorkload.NonBlocking],
                InterruptInterval = interval,
                FitThreadCounts = true,
            };
            sweeps.Add(single);
            sweeps.Add(single with { Workloads = [BenchmarkWorkload.Bulk], BulkSizes = [8, 16] });
        }

        return sweeps;
    }

    // One thread on each CPU, eight objects for each CPU.
    private static List<BenchmarkOptions> KernelTest(BenchmarkOptions options, int cpus)
    {
        var sync = options with
        {
            ThreadCounts = [cpus],
            Capacities = [8 * cpus],
            Workloads = [BenchmarkWorkload.NonBlocking],
            ObjectSizes = [0, 512],
            FitThreadCounts = true,
        };
        return
        [
            sync,
            sync with { InterruptInterval = s_timer },
            sync with { Workloads = [BenchmarkWorkload.Bulk], BulkSizes = [16] },
            sync with { CloseWhileOut = true },
            sync with { CloseWhileOut = true, Workloads = [BenchmarkWorkload.Bulk], BulkSizes = [4], InterruptInterval = s_timer },
        ];
    }
}
