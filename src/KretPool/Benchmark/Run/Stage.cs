using System.Diagnostics;
using KretPool.Benchmark.Loop;
using KretPool.Placement;
using KretPool.Topology;

namespace KretPool.Benchmark.Run;

/// <summary>Runs loops on the threads of a block for a given time, and gives up on a loop that does not come back.</summary>
internal sealed class Stage : IDisposable
{
    // A kind that blocks may need a moment to come out of a loop; one that hangs never does. Ctrl+C waits less: the
    // operator gets the prompt back within a second.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_patienceOnCancel = TimeSpan.FromMilliseconds(700);

    private readonly IReadOnlyList<CpuSet?> _cpus;
    private readonly WorkerCell[] _cells;
    private readonly CancellationToken _cancel;
    private WorkerCrew _crew;

    /// <summary>Starts the threads.</summary>
    /// <param name="cpus">The CPUs of each thread; null for one that is not to be pinned.</param>
    /// <param name="cancel">Ends whatever is running.</param>
    public Stage(IReadOnlyList<CpuSet?> cpus, CancellationToken cancel)
    {
        (_cpus, _cancel) = (cpus, cancel);
        _cells = new WorkerCell[cpus.Count];
        _crew = new WorkerCrew(cpus);
    }

    /// <summary>How many threads there are.</summary>
    public int ThreadCount => _cpus.Count;

    /// <inheritdoc cref="WorkerCrew.Affinities"/>
    public IReadOnlyList<ThreadAffinity?> Affinities => _crew.Affinities;

    /// <summary>Runs a loop on all threads and measures it.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="time">How long.</param>
    /// <returns>What was measured.</returns>
    public IterationSample Measure(TimedLoop loop, TimeSpan time)
    {
        var gate = new Gate(ThreadCount);
        int collections = GC.CollectionCount(0);
        Perform(
            (worker, stop) =>
            {
                ref var cell = ref _cells[worker];
                cell.ClockProbeNs = ClockProbe.Measure();
                long allocated = GC.GetAllocatedBytesForCurrentThread();
                gate.Arrive();
                loop.Run(worker, stop, ref cell.Counts);
                cell.EndedAt = Stopwatch.GetTimestamp();
                cell.AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
            },
            time);
        return IterationSample.From(_cells, gate.OpenedAt, GC.CollectionCount(0) - collections);
    }

    /// <summary>Does something on all threads at once until a time is over.</summary>
    /// <param name="job">Gets the thread's number and the flag that tells it to stop.</param>
    /// <param name="time">How long; zero to have the flag set from the start.</param>
    /// <exception cref="TimeoutException">A thread did not come back; there are fresh ones for what comes next.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Perform(Action<int, StopFlag> job, TimeSpan time)
    {
        _cancel.ThrowIfCancellationRequested();
        var stop = new StopFlag();
        if (time == TimeSpan.Zero)
        {
            stop.Set();
        }

        _crew.Start(worker =>
        {
            try
            {
                job(worker, stop);
            }
            catch
            {
                stop.Set();
                throw;
            }
        });
        if (time > TimeSpan.Zero)
        {
            WaitHandle.WaitAny([_cancel.WaitHandle, _crew.Idle], time);
            stop.Set();
        }

        Finish();
    }

    /// <summary>Does something on one thread after the other.</summary>
    /// <param name="job">What to do.</param>
    public void PerformInTurn(Action job)
    {
        for (int turn = 0; turn < ThreadCount; turn++)
        {
            int current = turn;
            Perform(
                (worker, _) =>
                {
                    if (worker == current)
                    {
                        job();
                    }
                },
                TimeSpan.Zero);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _crew.Dispose();

    private void Finish()
    {
        if (_crew.Finish(_cancel.IsCancellationRequested ? s_patienceOnCancel : s_patience))
        {
            _cancel.ThrowIfCancellationRequested();
            return;
        }

        _cancel.ThrowIfCancellationRequested();
        _crew = new WorkerCrew(_cpus);
        throw new TimeoutException(
            $"A thread did not come back from the pool within {s_patience.TotalSeconds} s after it was told to stop. "
            + "The pool blocks for ever, or spins. The thread was left behind.");
    }
}
