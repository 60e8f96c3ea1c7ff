using System.Diagnostics;
using KretPool.Benchmark.Machine;
using KretPool.Benchmark.Run;

namespace KretPool.Benchmark;

/// <summary>Runs a plan.</summary>
/// <remarks>
/// Measures with dedicated threads; the calling thread only waits, and its affinity is not touched. One sweep at a time
/// gives good numbers: nothing keeps two from running at once, and they would disturb each other.
/// </remarks>
/// <param name="newRecorder">Makes a latency recorder for a thread; needed by plans that ask for latency.</param>
public sealed class BenchmarkRunner(Func<ILatencyRecorder>? newRecorder = null)
{
    /// <summary>The id that all results of a sweep carry; null to make a new one for each <see cref="Run"/>.</summary>
    public Guid? RunId { get; init; }

    /// <summary>What makes results of the last <see cref="Run"/> doubtful: one sentence for each topic, with the worst case.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>How many blocks of the last <see cref="Run"/> were not started because its time was over.</summary>
    public int SkippedBlockCount { get; private set; }

    /// <summary>Runs a plan. Nothing is measured before the first outcome is asked for.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="progress">Told how far the sweep is, on the calling thread, between iterations.</param>
    /// <param name="cancel">Ends the sweep within a second, with all threads ended.</param>
    /// <returns>
    /// One outcome for each trial in the order of the plan; those of a block come as soon as the block is complete. A trial
    /// that fails is an outcome with an error, and the sweep goes on.
    /// </returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidOperationException">The plan asks for latency, and there is no recorder.</exception>
    public IEnumerable<BenchmarkOutcome> Run(
        BenchmarkPlan plan, IProgress<BenchmarkProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (newRecorder is null && plan.Blocks.Any(block => block.Options.Latency))
        {
            throw new InvalidOperationException("The plan asks for latency, and the runner was made without a latency recorder.");
        }

        return Enumerate(plan, progress, cancel);
    }

    private IEnumerable<BenchmarkOutcome> Enumerate(
        BenchmarkPlan plan, IProgress<BenchmarkProgress>? progress, CancellationToken cancel)
    {
        Warnings = [];
        SkippedBlockCount = 0;
        long startedAt = Stopwatch.GetTimestamp();
        var meter = new ProgressMeter(plan, progress);
        var results = new ResultWriter(RunId ?? Guid.NewGuid(), MachineFacts.Read(plan.Topology), plan.Topology);
        for (int i = 0; i < plan.Blocks.Count; i++)
        {
            if (i > 0 && Stopwatch.GetElapsedTime(startedAt) > plan.MaxDuration)
            {
                SkippedBlockCount = plan.Blocks.Count - i;
                yield break;
            }

            foreach (var outcome in Outcomes(plan.Blocks[i]))
            {
                yield return outcome;
            }
        }

        BenchmarkOutcome[] Outcomes(BenchmarkBlock block)
        {
            meter.Enter(block);
            using var run = new BlockRun(block, plan.Topology, block.Options.Latency ? newRecorder : null, meter, cancel);
            BenchmarkOutcome[] outcomes = [.. results.Write(run.Measure())];
            Warnings = results.Doubts.Sentences;
            return outcomes;
        }
    }
}
