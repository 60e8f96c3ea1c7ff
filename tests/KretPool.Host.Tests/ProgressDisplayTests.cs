using System.Management.Automation;
using System.Text;

namespace KretPool.Host.Tests;

public class ProgressDisplayTests
{
    private readonly StringBuilder _screen = new();
    private readonly ManualTime _time = new();

    [Fact]
    public void A_bar_tells_the_activity_the_status_how_far_it_is_and_the_time_left()
    {
        Display().Update(1, Record(percent: 50, secondsLeft: 83));

        Assert.Equal("Sweep: trial 3 [============            ]  50 %  1:23 left", _screen.ToString());
    }

    [Fact]
    public void Hours_are_told_as_hours()
    {
        Display().Update(1, Record(percent: 0, secondsLeft: 3723));

        Assert.EndsWith("1:02:03 left", _screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_known_is_left_out()
    {
        Display().Update(1, Record(percent: -1, secondsLeft: -1));

        Assert.Equal("Sweep: trial 3", _screen.ToString());
    }

    [Fact]
    public void A_line_never_fills_the_last_column()
    {
        Display(width: 30).Update(1, Record(percent: 50, secondsLeft: 83));

        Assert.True(_screen.Length <= 29, _screen.ToString());
    }

    [Fact]
    public void Updates_within_a_tenth_of_a_second_are_not_drawn()
    {
        ProgressDisplay display = Display();
        display.Update(1, Record(percent: 1));
        _screen.Clear();

        _time.Advance(TimeSpan.FromMilliseconds(50));
        display.Update(1, Record(percent: 2));
        Assert.Empty(_screen.ToString());

        _time.Advance(TimeSpan.FromMilliseconds(50));
        display.Update(1, Record(percent: 3));
        Assert.Contains("3 %", _screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hidden_bar_comes_back_with_the_next_update()
    {
        ProgressDisplay display = Display();
        display.Update(1, Record(percent: 1));
        _screen.Clear();

        display.Hide();
        Assert.Equal("\r\e[J", _screen.ToString());

        display.Update(1, Record(percent: 2));
        Assert.Contains("2 %", _screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_child_stands_below_its_parent_and_both_are_erased()
    {
        ProgressDisplay display = Display();
        display.Update(1, new ProgressRecord(1, "Sweep", "block 1"));
        _screen.Clear();

        display.Update(1, new ProgressRecord(2, "Block", "trial 1") { ParentActivityId = 1 });
        Assert.Equal("\r\e[JSweep: block 1\nBlock: trial 1", _screen.ToString());

        _screen.Clear();
        display.Clear();
        Assert.Equal("\r\e[1A\e[J", _screen.ToString());
    }

    [Fact]
    public void A_completed_activity_goes_at_once()
    {
        ProgressDisplay display = Display();
        display.Update(1, Record(percent: 1));
        _screen.Clear();

        display.Update(1, new ProgressRecord(1, "Sweep", "done") { RecordType = ProgressRecordType.Completed });

        Assert.Equal("\r\e[J", _screen.ToString());
    }

    private ProgressDisplay Display(int width = 80) => new(text => _screen.Append(text), () => width, _time);

    private static ProgressRecord Record(int percent, int secondsLeft = -1) =>
        new(1, "Sweep", "trial 3") { PercentComplete = percent, SecondsRemaining = secondsLeft };

    private sealed class ManualTime : TimeProvider
    {
        private long _ticks = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
