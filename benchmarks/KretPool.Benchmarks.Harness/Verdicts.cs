using KretPool.Analysis.Comparison;
using KretPool.Benchmark;
using KretPool.Pools;
using KretPool.Results;

namespace KretPool.Benchmarks.Harness;

/// <summary>How often the comparison is wrong on real measurements: a pool against itself, and against one that is known to
/// be a tenth slower, in the same block and from one run to the next.</summary>
internal static class Verdicts
{
    private const double Lost = 0.1;

    public static void Run(int comparisons, TimeSpan iterationTime, int iterationCount)
    {
        var plain = PoolKinds.Register(typeof(Planted0<>));
        var twin = PoolKinds.Register(typeof(PlantedTwin<>));
        PlantedTenth.Nanoseconds = Measure(plain)[0].NsPerOp * ((1 / (1 - Lost)) - 1);
        var tenth = PoolKinds.Register(typeof(PlantedTenth<>));
        var same = new List<PoolVerdict>();
        var slower = new List<PoolVerdict>();
        var ratios = new List<double>();
        var next = new List<PoolVerdict>();
        PoolBenchmarkResult? before = null;
        for (int i = 0; i < comparisons; i++)
        {
            var block = Measure(plain, twin, tenth);
            same.Add(Compare(block[1], block[0]).Verdict);
            slower.Add(Compare(block[2], block[0]).Verdict);
            ratios.Add(Compare(block[2], block[0]).Ratio!.Value);
            if (before is not null)
            {
                next.Add(Compare(block[0], before).Verdict);
            }

            before = block[0];
        }

        Print("itself, in the same block", same);
        Print("itself, in the next run", next);
        Print($"a tenth slower ({ratios.Order().ElementAt(ratios.Count / 2):0.000} in the median), in the same block", slower);

        IReadOnlyList<PoolBenchmarkResult> Measure(params PoolKind[] kinds) =>
        [
            .. new BenchmarkRunner().Run(BenchmarkPlan.Create(new BenchmarkOptions
            {
                Kinds = kinds,
                ThreadCounts = [1],
                IterationTime = iterationTime,
                WarmupTime = iterationTime,
                IterationCount = iterationCount,
            })).Select(outcome => outcome.Result ?? throw outcome.Error!),
        ];
    }

    // The conditions are equal but for the kind, and each is compared on its own, so that no correction helps.
    private static PoolComparison Compare(PoolBenchmarkResult result, PoolBenchmarkResult baseline) =>
        ResultComparer.AgainstResults(
            [result], [baseline], new ComparisonOptions { By = [nameof(result.ThreadCount)] }).Comparisons[0];

    private static void Print(string what, List<PoolVerdict> verdicts) => Console.WriteLine(
        $"{verdicts.Count} comparisons with {what}: "
        + string.Join(", ", verdicts.CountBy(verdict => verdict).OrderBy(count => count.Key).Select(count => $"{count.Value} {count.Key}")));
}
