using System.Globalization;
using KretPool.Results;

namespace KretPool.Analysis.Tests;

/// <summary>Results of a made-up sweep: what a test does not set is plausible and the same on every run.</summary>
internal static class SampleResults
{
    public static readonly Guid Run = new("0f5c5bd2-0d5a-4e6e-9d0e-8f3c8ad0a001");
    public static readonly DateTime Night = new(2026, 11, 20, 2, 0, 0, DateTimeKind.Utc);

    /// <summary>A result whose samples spread around a rate.</summary>
    public static PoolBenchmarkResult Make(
        string kind, int threads, double opsPerSec, double spread = 0.01, int samples = 15, int seed = 1)
    {
        double[] values = Noise(opsPerSec, spread, samples, new Random(HashCode(kind) + (threads * 7919) + seed));
        return new PoolBenchmarkResult
        {
            RunId = Run,
            StartedUtc = Night,
            HostName = "box",
            Kind = kind,
            Workload = "NonBlocking",
            ThreadCount = threads,
            Capacity = 64,
            BulkSize = 1,
            Placement = "Compact",
            MemoryPolicy = "Local",
            IterationCount = samples,
            IterationMs = 250,
            OpsPerSec = values.Order().ElementAt(samples / 2),
            NsPerOp = 1e9 * threads / opsPerSec,
            Fairness = 1,
            CpuModel = "Some CPU",
            TopologyDigest = "d1",
            Kernel = "Linux 6.1",
            Runtime = ".NET 10.0.1",
            ModuleVersion = "0.1.0",
            SamplesOpsPerSec = string.Join(';', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture))),
        };
    }

    /// <summary>A sweep of some kinds over thread counts, each kind with a shape of its own.</summary>
    public static List<PoolBenchmarkResult> Sweep(params int[] threadCounts) =>
    [
        .. from threads in threadCounts
           from kind in new (string Name, Func<int, double> Rate)[]
           {
               ("KretPool", n => 250e6 * n),
               ("FreeList", n => 90e6 / n),
               ("KernelObjPool", n => 60e6 * Math.Pow(n, 0.9)),
               ("ConcurrentBag", n => 30e6 * Math.Pow(n, -0.2)),
               ("DefaultObjectPool", n => 100e6 * Math.Pow(n, -0.5)),
           }
           select Make(kind.Name, threads, kind.Rate(threads)),
    ];

    /// <summary>Values with lognormal noise, as rates have it.</summary>
    public static double[] Noise(double median, double spread, int count, Random random) =>
        [.. Enumerable.Range(0, count).Select(_ => median * Math.Exp(spread * Normal(random)))];

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    // string.GetHashCode differs from run to run.
    private static int HashCode(string text) => text.Aggregate(17, (hash, c) => (hash * 31) + c);
}
