using System.Collections.Concurrent;
using System.Diagnostics;
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

    // Far more than a round of any pool takes that is worth its name. One that sleeps in a rent gets fewer calls.
    private static readonly TimeSpan s_longestRound = TimeSpan.FromMilliseconds(200);
    private static readonly ConcurrentDictionary<(Type Loop, bool Recorded), bool> s_warm = new();

    /// <summary>Warms loops up. A loop whose code has been warmed up before in this process is passed over.</summary>
    /// <param name="stage">Where they run.</param>
    /// <param name="lanes">The lanes with the loops; one that fails is marked.</param>
    /// <param name="empty">The loop without a pool.</param>
    /// <param name="newRecorder">Makes a latency recorder; null if latency is not to be recorded.</param>
    /// <param name="cancel">Ends the warm-up.</param>
    public static void Run(
        Stage stage, IReadOnlyList<Lane> lanes, TimedLoop empty, Func<ILatencyRecorder>? newRecorder, CancellationToken cancel)
    {
        bool recorded = newRecorder is not null;
        Lane[] cold = [.. lanes.Where(lane => !s_warm.ContainsKey((lane.Loop.GetType(), recorded)))];
        if (cold.Length == 0)
        {
            return;
        }

        ILatencyRecorder[] recorders = newRecorder is null ? [] : [.. Enumerable.Range(0, stage.ThreadCount).Select(_ => newRecorder())];

        // The first round compiles, so it is never still.
        for (int round = 0, still = 0; round < MaxRounds && still < StillRounds; round++)
        {
            long compiled = JitInfo.GetCompiledMethodCount();
            foreach (var lane in cold)
            {
                Attempt.On(lane, () => CallOften(stage, lane.Rehearsal, recorders), cancel);
            }

            CallOften(stage, empty, []);
            cancel.WaitHandle.WaitOne(s_pause);
            cancel.ThrowIfCancellationRequested();
            still = JitInfo.GetCompiledMethodCount() == compiled ? still + 1 : 0;
        }

        foreach (var lane in cold)
        {
            s_warm[(lane.Loop.GetType(), recorded)] = true;
        }
    }

    private static void CallOften(Stage stage, TimedLoop loop, ILatencyRecorder[] recorders) => stage.Perform(
        (worker, stop) =>
        {
            var counts = default(RentCounts);
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < CallsPerRound && Stopwatch.GetElapsedTime(start) < s_longestRound; call++)
            {
                loop.Run(worker, stop, ref counts);
                if (recorders.Length > 0)
                {
                    loop.RunRecorded(worker, stop, recorders[worker], ref counts);
                }
            }
        },
        TimeSpan.Zero);
}
