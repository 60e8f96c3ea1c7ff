using KretPool.Benchmark.Machine;
using KretPool.Topology;

namespace KretPool.Benchmark.Run;

/// <summary>Measures one block from the first thread to the last result.</summary>
internal sealed class BlockRun : IDisposable
{
    private static readonly TimeSpan s_verifyTime = TimeSpan.FromMilliseconds(20);

    private readonly BenchmarkBlock _block;
    private readonly CpuTopology _topology;
    private readonly Func<ILatencyRecorder>? _newRecorder;
    private readonly ProgressMeter _progress;
    private readonly CancellationToken _cancel;
    private readonly LaneFactory _factory;
    private readonly Stage _stage;
    private readonly List<Lane> _lanes = [];
    private readonly List<BenchmarkOutcome> _failed = [];
    private readonly List<double> _emptyLoopNs = [];

    /// <summary>Starts the threads of a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="topology">The machine.</param>
    /// <param name="newRecorder">Makes a latency recorder; null if latency is not to be recorded.</param>
    /// <param name="progress">Told what is going on.</param>
    /// <param name="cancel">Ends it.</param>
    public BlockRun(
        BenchmarkBlock block,
        CpuTopology topology,
        Func<ILatencyRecorder>? newRecorder,
        ProgressMeter progress,
        CancellationToken cancel)
    {
        (_block, _topology, _newRecorder, _progress, _cancel) = (block, topology, newRecorder, progress, cancel);
        _factory = new LaneFactory(block, topology, cancel);
        _stage = new Stage(block.Conditions, cancel);
    }

    /// <summary>Measures the block.</summary>
    /// <returns>What was measured; lanes that failed say why.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public BlockRecord Measure()
    {
        DateTime started = WholeSecond(DateTime.UtcNow);
        double? loadAverage = MachineFacts.ReadLoadAverage();
        string governor = MachineFacts.ReadGovernor(CpuSet.Parse(_topology.AllowedCpus));
        MakePools();
        Verify();
        JitWarmup.Run(_stage, _lanes, _factory.EmptyRehearsal, _newRecorder, _cancel);
        WarmUp();

        var before = CpuTimes.Read();
        Iterate();
        RecordLatency();
        var after = CpuTimes.Read();
        RefuseEmptyResults();
        TakeStock();
        return new BlockRecord(_block, _lanes, _failed)
        {
            StartedUtc = started,
            LoadAverage = loadAverage,
            Governor = governor,
            Affinities = _stage.Affinities,
            // The least: the loop costs the same every time, and whatever disturbs it only adds.
            EmptyLoopNs = _emptyLoopNs.Min(),
            OtherCpus = before is not null && after is not null ? before.OthersUntil(after) : null,
            StolenCpus = before is not null && after is not null ? before.StolenUntil(after) : null,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stage.Dispose();
        _factory.Dispose();
    }

    // Export-Csv and Excel keep no more of a time, and a result has to be the same one when it comes back from there.
    private static DateTime WholeSecond(DateTime time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    private void MakePools()
    {
        foreach (var trial in _block.Trials)
        {
            _cancel.ThrowIfCancellationRequested();
            _progress.Report(trial, "making the pool");
            try
            {
                _lanes.Add(_factory.Create(trial));
            }
            catch (Exception e) when (!_cancel.IsCancellationRequested)
            {
                _failed.Add(new BenchmarkOutcome(trial, null, e));
            }
        }
    }

    private void Verify() => OnEachLane(
        "checking the pool", lane => _stage.Perform(lane.Verify, s_verifyTime), TimeSpan.Zero);

    private void WarmUp()
    {
        if (_block.Options.WarmupTime > TimeSpan.Zero)
        {
            OnEachLane("warming up", lane => _stage.Measure(lane.Loop, lane.Interrupters, _block.Options.WarmupTime), _block.Options.WarmupTime);
        }

        // What was made so far is collected now rather than in an iteration.
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private void Iterate()
    {
        for (int i = 1; i <= _block.Options.IterationCount; i++)
        {
            var empty = _stage.Measure(_factory.EmptyLoop, null, _block.EmptyLoopTime);
            _emptyLoopNs.Add(_stage.ThreadCount * 1e9 / empty.OpsPerSec);
            OnEachLane(
                FormattableString.Invariant($"iteration {i} of {_block.Options.IterationCount}"),
                lane => lane.Samples.Add(_stage.Measure(lane.Loop, lane.Interrupters, _block.Options.IterationTime)),
                _block.Options.IterationTime);
        }
    }

    // In a pass of its own: reading the clock around every operation would slow the others down.
    private void RecordLatency()
    {
        if (_newRecorder is null)
        {
            return;
        }

        ILatencyRecorder[] recorders = [.. Enumerable.Range(0, _stage.ThreadCount).Select(_ => _newRecorder())];
        for (int i = 1; i <= _block.Options.IterationCount; i++)
        {
            OnEachLane(
                FormattableString.Invariant($"latency, iteration {i} of {_block.Options.IterationCount}"),
                lane =>
                {
                    _stage.Record(lane.Loop, lane.Interrupters, recorders, _block.Options.IterationTime);
                    lane.Latency ??= _newRecorder();
                    foreach (var recorder in recorders)
                    {
                        lane.Latency.Add(recorder);
                        recorder.Reset();
                    }
                },
                _block.Options.IterationTime);
        }
    }

    private void TakeStock() => OnEachLane(
        "taking stock",
        lane =>
        {
            if (lane.Closes)
            {
                lane.CloseWhileOut(_stage);
                return;
            }

            _stage.PerformInTurn(lane.Drain);
            if (lane.MissingCount > 0 && lane.Trial.Kind.CanStrand)
            {
                DrainFromEveryCpu(lane);
            }

            if (lane.MissingCount > 0)
            {
                throw new BrokenPoolException(FormattableString.Invariant(
                    $"The pool lost {lane.MissingCount} of its {lane.Trial.Conditions.Capacity} objects: they were returned and never came out again."));
            }
        },
        TimeSpan.Zero);

    private void RefuseEmptyResults()
    {
        foreach (var lane in _lanes.Where(lane => lane.Samples.All(sample => sample.OpsPerSec == 0)))
        {
            lane.Error ??= new BrokenPoolException("No rent got an object, so there is nothing to measure.");
        }
    }

    // A kind that strands objects may have left some with a CPU that no thread of the block runs on now.
    private void DrainFromEveryCpu(Lane lane)
    {
        CpuSet?[] cpus = [.. CpuSet.Parse(_topology.AllowedCpus).Select(cpu => CpuSet.From([cpu]))];
        using var everywhere = new Stage(cpus, null, Stage.LongestTurn(lane.Trial.Conditions), _cancel);
        everywhere.PerformInTurn(lane.Drain);
    }

    private void OnEachLane(string activity, Action<Lane> action, TimeSpan expected)
    {
        foreach (var lane in _lanes)
        {
            _progress.Report(lane.Trial, activity);
            Attempt.On(lane, () => action(lane), _cancel);
            _progress.Advance(expected);
        }
    }
}
