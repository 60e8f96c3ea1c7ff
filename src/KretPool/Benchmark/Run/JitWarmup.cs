using System.Collections.Concurrent;
using System.Runtime;
using KretPool.Benchmark.Loop;

namespace KretPool.Benchmark.Run;

/// <summary>
/// Has the runtime compile loops, and all they call, as well as it can before they are measured.
/// </summary>
/// <remarks>
/// The runtime counts calls to a method once start-up has been quiet for 100 ms, compiles it with instrumentation after
/// 30 of them and, with what that told, optimised after 30 more; the compiler runs in the background. (Source: .NET
/// runtime, docs/design/features/TieredCompilation.md and DynamicPgo.md.) So each loop is called many times for one batch
/// of turns, with a pause for the compiler, until nothing has been compiled for several rounds: on a busy machine the
/// compiler comes to nothing in one pause and still has work.
/// </remarks>
internal static class JitWarmup
{
    private const int CallsPerRound = 100;
    private const int StillRounds = 3;
    private const int MaxRounds = 40;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(120);
    private static readonly ConcurrentDictionary<Type, bool> s_warm = new();

    /// <summary>Warms loops up. A loop whose code has been warmed up before in this process is passed over.</summary>
    /// <param name="stage">Where they run.</param>
    /// <param name="lanes">The lanes with the loops; one that fails is marked.</param>
    /// <param name="emptyLoop">The loop without a pool.</param>
    /// <param name="cancel">Ends the warm-up.</param>
    public static void Run(Stage stage, IReadOnlyList<Lane> lanes, TimedLoop emptyLoop, CancellationToken cancel)
    {
        Lane[] cold = [.. lanes.Where(lane => !s_warm.ContainsKey(lane.Loop.GetType()))];
        if (cold.Length == 0)
        {
            return;
        }

        // The first round compiles, so it is never still.
        for (int round = 0, still = 0; round < MaxRounds && still < StillRounds; round++)
        {
            long compiled = JitInfo.GetCompiledMethodCount();
            foreach (var lane in cold.Where(lane => lane.Error is null))
            {
                Attempt.On(lane, () => CallOften(stage, lane.Loop));
            }

            CallOften(stage, emptyLoop);
            cancel.WaitHandle.WaitOne(s_pause);
            cancel.ThrowIfCancellationRequested();
            still = JitInfo.GetCompiledMethodCount() == compiled ? still + 1 : 0;
        }

        foreach (var lane in cold)
        {
            s_warm[lane.Loop.GetType()] = true;
        }
    }

    private static void CallOften(Stage stage, TimedLoop loop) => stage.Perform(
        (worker, stop) =>
        {
            var counts = default(RentCounts);
            for (int call = 0; call < CallsPerRound; call++)
            {
                loop.Run(worker, stop, ref counts);
            }
        },
        TimeSpan.Zero);
}
