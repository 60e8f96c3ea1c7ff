using System.Diagnostics;

namespace KretPool.Benchmark.Loop;

/// <summary>Lets a number of threads go at the same moment: when the last of them has arrived.</summary>
/// <param name="threadCount">How many threads.</param>
internal sealed class Gate(int threadCount)
{
    private int _missing = threadCount;
    private long _openedAt;

    /// <summary>When the gate opened, as a <see cref="Stopwatch"/> timestamp; 0 while it is closed.</summary>
    public long OpenedAt => Volatile.Read(ref _openedAt);

    /// <summary>Waits for the others. The last thread to arrive opens the gate.</summary>
    /// <param name="stop">Ends the wait.</param>
    public void Arrive(StopFlag stop)
    {
        if (Interlocked.Decrement(ref _missing) == 0)
        {
            Volatile.Write(ref _openedAt, Stopwatch.GetTimestamp());
            return;
        }

        // The others are awake and on their way. Spinning gives up the CPU to them now and then, and never sleeps: a
        // sleeper would start a timer tick late.
        var spinner = default(SpinWait);
        while (OpenedAt == 0 && !stop.IsSet)
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }
    }
}
