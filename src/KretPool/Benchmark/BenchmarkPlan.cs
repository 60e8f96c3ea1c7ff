using KretPool.Topology;

namespace KretPool.Benchmark;

/// <summary>What a sweep will do, block after block. Making one measures nothing and changes nothing.</summary>
public sealed class BenchmarkPlan
{
    /// <summary>The largest object: 64 KiB, as in the kernel's object pool.</summary>
    public const int MaxObjectSize = 64 * 1024;

    /// <summary>The most objects that a thread rents in a row.</summary>
    public const int MaxBulkSize = 4096;

    /// <summary>The most threads where placement sets no limit.</summary>
    public const int MaxThreadCount = 4096;

    private BenchmarkPlan(IReadOnlyList<BenchmarkBlock> blocks, TimeSpan? maxDuration, CpuTopology topology) =>
        (Blocks, MaxDuration, Topology) = (blocks, maxDuration, topology);

    /// <summary>The blocks in the order in which they run: the thread count changes fastest.</summary>
    public IReadOnlyList<BenchmarkBlock> Blocks { get; }

    /// <summary>After this time no further block is started; null for no limit.</summary>
    public TimeSpan? MaxDuration { get; }

    /// <summary>The machine that the plan is for.</summary>
    public CpuTopology Topology { get; }

    /// <summary>How many trials there are.</summary>
    public int TrialCount => Blocks.Sum(block => block.Trials.Count);

    /// <summary>About how long it takes, without the limit of <see cref="MaxDuration"/>.</summary>
    public TimeSpan ExpectedTime => Blocks.Aggregate(TimeSpan.Zero, (sum, block) => sum + block.ExpectedTime);

    /// <summary>Plans a sweep.</summary>
    /// <param name="options">What to measure.</param>
    /// <param name="topology">The machine; this one if null.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="BenchmarkOptionException">An option cannot be met; the message names the value and what would do.</exception>
    public static BenchmarkPlan Create(BenchmarkOptions options, CpuTopology? topology = null) => Create([options], topology);

    /// <summary>Plans several sweeps, one after the other, as one: a suite.</summary>
    /// <param name="suite">What to measure; at least one.</param>
    /// <param name="topology">The machine; this one if null.</param>
    /// <returns>The plan. Its limit of time is the one of the first sweep.</returns>
    /// <exception cref="BenchmarkOptionException">An option cannot be met; the message names the value and what would do.</exception>
    public static BenchmarkPlan Create(IReadOnlyList<BenchmarkOptions> suite, CpuTopology? topology = null)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentOutOfRangeException.ThrowIfZero(suite.Count);
        topology ??= CpuTopology.Current;
        var blocks = new List<BenchmarkBlock>();
        int trialNumber = 0;
        foreach (var options in suite)
        {
            OptionChecks.Check(options);
            foreach (var conditions in new ConditionsPlanner(options, topology).Plan())
            {
                blocks.Add(new BenchmarkBlock(
                    blocks.Count + 1,
                    options,
                    conditions,
                    [.. options.Kinds.Distinct().Select(kind => new BenchmarkTrial(++trialNumber, kind, conditions))]));
            }
        }

        return new BenchmarkPlan(blocks, suite[0].MaxDuration, topology);
    }

    /// <summary>The part of the plan that somebody agrees to. Blocks and trials keep their numbers.</summary>
    /// <param name="agree">Asked about each block, in order.</param>
    /// <returns>A plan of the blocks agreed to; it may hold none.</returns>
    public BenchmarkPlan Where(Func<BenchmarkBlock, bool> agree) => new([.. Blocks.Where(agree)], MaxDuration, Topology);
}
