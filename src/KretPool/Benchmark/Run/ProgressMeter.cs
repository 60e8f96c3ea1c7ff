using System.Diagnostics;

namespace KretPool.Benchmark.Run;

/// <summary>Turns what has been done of a plan into a percentage and the time left. Reports at most five times a second.</summary>
internal sealed class ProgressMeter(BenchmarkPlan plan, IProgress<BenchmarkProgress>? target)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    private readonly TimeSpan _expected = plan.ExpectedTime;
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private TimeSpan _endOfBlock;
    private TimeSpan _done;
    private long _reportedAt;

    /// <summary>Tells that a block begins.</summary>
    /// <param name="block">The block.</param>
    public void Enter(BenchmarkBlock block)
    {
        _done = _endOfBlock;
        _endOfBlock += block.ExpectedTime;
    }

    /// <summary>Tells that a part of the block is done.</summary>
    /// <param name="expected">How long it was expected to take.</param>
    public void Advance(TimeSpan expected) => _done = _done + expected < _endOfBlock ? _done + expected : _endOfBlock;

    /// <summary>Tells what is being done.</summary>
    /// <param name="trial">With which trial.</param>
    /// <param name="activity">What, in a few words.</param>
    public void Report(BenchmarkTrial trial, string activity)
    {
        if (target is null || (_reportedAt != 0 && Stopwatch.GetElapsedTime(_reportedAt) < s_interval))
        {
            return;
        }

        _reportedAt = Stopwatch.GetTimestamp();
        target.Report(new BenchmarkProgress(trial, plan.TrialCount, activity, 100 * (_done / _expected), Remaining()));
    }

    // Once a tenth is done, what is left is stretched as what is done was.
    private TimeSpan Remaining()
    {
        var left = _expected - _done;
        return _done < _expected / 10 ? left : left * (Stopwatch.GetElapsedTime(_startedAt) / _done);
    }
}
