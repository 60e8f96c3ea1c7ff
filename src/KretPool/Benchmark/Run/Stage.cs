using System.Diagnostics;
using KretPool.Benchmark.Holds;
using KretPool.Benchmark.Loop;
using KretPool.Placement;
using KretPool.Topology;

namespace KretPool.Benchmark.Run;

/// <summary>
/// Runs loops on the threads of a block for a given time, with an interrupter beside each thread if the block has them,
/// and gives up on a loop that does not come back.
/// </summary>
internal sealed class Stage : IDisposable
{
    // A kind that blocks may need a moment to come out of a loop; one that hangs never does. Ctrl+C waits less: the
    // operator gets the prompt back within a second.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_patienceOnCancel = TimeSpan.FromMilliseconds(700);

    // How often to look whether the last thread has come to the gate; it takes this long only with far too many threads.
    private static readonly TimeSpan s_gatePoll = TimeSpan.FromMilliseconds(1);

    // An object whose cache line and page come from far away, on a machine that does other things as well.
    private static readonly TimeSpan s_drainingPerObject = TimeSpan.FromMicroseconds(2);

    private readonly IReadOnlyList<CpuSet?> _cpus;
    private readonly TimeSpan _patience;
    private readonly TimeSpan? _interruptInterval;
    private readonly CancellationToken _cancel;
    private readonly WorkerCell[] _cells;
    private WorkerCrew _crew;

    /// <summary>Starts the threads of a block.</summary>
    /// <param name="conditions">How many, on which CPUs, and whether interrupted.</param>
    /// <param name="cancel">Ends whatever is running.</param>
    public Stage(BenchmarkConditions conditions, CancellationToken cancel)
        : this(conditions.ThreadCpus, conditions.InterruptInterval, LongestTurn(conditions), cancel)
    {
    }

    /// <summary>Starts threads.</summary>
    /// <param name="cpus">The CPUs of each thread; null for one that is not to be pinned.</param>
    /// <param name="interruptInterval">How often the interrupter beside each thread wakes; null for none.</param>
    /// <param name="longestTurn">How long a thread may be in the middle of something when it is told to stop.</param>
    /// <param name="cancel">Ends whatever is running.</param>
    public Stage(IReadOnlyList<CpuSet?> cpus, TimeSpan? interruptInterval, TimeSpan longestTurn, CancellationToken cancel)
    {
        ThreadCount = cpus.Count;
        _cpus = interruptInterval is null ? cpus : [.. cpus, .. cpus];
        (_interruptInterval, _patience, _cancel) = (interruptInterval, s_patience + longestTurn, cancel);
        _cells = new WorkerCell[_cpus.Count];
        _crew = new WorkerCrew(_cpus);
    }

    /// <summary>How many threads rent and return; interrupters do not count.</summary>
    public int ThreadCount { get; }

    /// <inheritdoc cref="WorkerCrew.Affinities"/>
    public IReadOnlyList<ThreadAffinity?> Affinities => _crew.Affinities;

    /// <summary>Runs a loop on all threads and measures it.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="interrupters">What interrupters do; null to leave them asleep.</param>
    /// <param name="time">How long.</param>
    /// <returns>What was measured.</returns>
    public IterationSample Measure(TimedLoop loop, TimedLoop? interrupters, TimeSpan time) =>
        Measure((worker, stop) => loop.Run(worker, stop, ref _cells[worker].Counts), interrupters, time);

    /// <summary>Runs a loop on all threads with each operation timed.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="interrupters">What interrupters do; null to leave them asleep.</param>
    /// <param name="recorders">One for each thread.</param>
    /// <param name="time">How long.</param>
    public void Record(TimedLoop loop, TimedLoop? interrupters, IReadOnlyList<ILatencyRecorder> recorders, TimeSpan time) =>
        Measure((worker, stop) => loop.RunRecorded(worker, stop, recorders[worker], ref _cells[worker].Counts), interrupters, time);

    /// <summary>Does something on all threads at once until a time is over. Interrupters stay asleep.</summary>
    /// <param name="job">Gets the thread's number and the flag that tells it to stop.</param>
    /// <param name="time">How long; zero to have the flag set from the start.</param>
    /// <exception cref="TimeoutException">A thread did not come back; there are fresh ones for what comes next.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Perform(Action<int, StopFlag> job, TimeSpan time) => PerformOnAll(
        (worker, stop) =>
        {
            if (worker < ThreadCount)
            {
                job(worker, stop);
            }
        },
        time);

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

    /// <summary>How long a thread may be in the middle of something: a hold, or taking every object out at the end.</summary>
    /// <param name="conditions">The conditions.</param>
    /// <returns>The longest time that a pool worth its name takes.</returns>
    public static TimeSpan LongestTurn(BenchmarkConditions conditions) =>
        (conditions.HoldTime ?? TimeSpan.Zero) + (conditions.Capacity * s_drainingPerObject);

    private IterationSample Measure(Action<int, StopFlag> run, TimedLoop? interrupters, TimeSpan time)
    {
        Array.Clear(_cells);
        var gate = new Gate(_crew.Count);
        int collections = GC.CollectionCount(0);
        PerformOnAll(
            (worker, stop) =>
            {
                if (worker >= ThreadCount)
                {
                    gate.Arrive(stop);
                    Interrupt(worker, interrupters, stop);
                    return;
                }

                ref var cell = ref _cells[worker];
                cell.ClockProbeNs = ClockProbe.Measure();
                long allocated = GC.GetAllocatedBytesForCurrentThread();
                gate.Arrive(stop);
                run(worker, stop);
                cell.EndedAt = Stopwatch.GetTimestamp();
                cell.AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
            },
            time,
            gate);
        return IterationSample.From(
            _cells.AsSpan(0, ThreadCount), _cells.AsSpan(ThreadCount), gate.OpenedAt, GC.CollectionCount(0) - collections);
    }

    private void Interrupt(int worker, TimedLoop? interrupters, StopFlag stop)
    {
        using var sleeper = new Sleeper();
        Func<bool> isOver = () => stop.IsSet;
        while (interrupters is not null && !stop.IsSet)
        {
            sleeper.Sleep(_interruptInterval!.Value, isOver);
            interrupters.Turn(worker - ThreadCount, ref _cells[worker].Counts);
        }
    }

    // The time runs from the opening of the gate, if there is one.
    private void PerformOnAll(Action<int, StopFlag> job, TimeSpan time, Gate? gate = null)
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
            WaitFor(time, gate);
            stop.Set();
        }

        Finish();
    }

    private void WaitFor(TimeSpan time, Gate? gate)
    {
        // A wait is a whole number of milliseconds; what is less is not worth keeping a CPU busy for.
        var left = time;
        while (left >= s_gatePoll && WaitHandle.WaitAny([_cancel.WaitHandle, _crew.Idle], left) == WaitHandle.WaitTimeout)
        {
            left = gate is null ? TimeSpan.Zero
                : gate.OpenedAt == 0 ? s_gatePoll
                : time - Stopwatch.GetElapsedTime(gate.OpenedAt);
        }
    }

    private void Finish()
    {
        bool finished = _crew.Finish(_patience, s_patienceOnCancel, _cancel);
        _cancel.ThrowIfCancellationRequested();
        if (!finished)
        {
            _crew = new WorkerCrew(_cpus);
            throw new TimeoutException(
                $"A thread did not come back from the pool within {_patience.TotalSeconds} s after it was told to stop. "
                + "The pool blocks for ever, or spins. The thread was left behind.");
        }
    }
}
