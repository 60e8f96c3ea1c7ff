using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace KretPool.Host;

/// <summary>
/// Progress bars at the bottom of a terminal, one line an activity, children below their parent. Redrawn at most ten
/// times a second, so that a script that reports often is not slowed by its own progress. Not safe for concurrent use.
/// </summary>
/// <param name="write">Writes to the terminal.</param>
/// <param name="width">Columns of the terminal.</param>
/// <param name="time">The clock that redraws are limited by.</param>
internal sealed class ProgressDisplay(Action<string> write, Func<int> width, TimeProvider time)
{
    private const int MaxLines = 4;
    private const int BarWidth = 24;
    private static readonly TimeSpan s_redrawInterval = TimeSpan.FromMilliseconds(100);

    private readonly List<(long SourceId, ProgressRecord Record)> _active = [];
    private long _drawnAt;
    private int _drawnLines;

    /// <summary>Takes in a record: shows it, brings its line up to date, or removes it when it is complete.</summary>
    /// <param name="sourceId">Who reports; activities of different sources are different.</param>
    /// <param name="record">What is reported.</param>
    public void Update(long sourceId, ProgressRecord record)
    {
        int index = _active.FindIndex(
            shown => shown.SourceId == sourceId && shown.Record.ActivityId == record.ActivityId);
        if (record.RecordType == ProgressRecordType.Completed)
        {
            if (index >= 0)
            {
                _active.RemoveAt(index);
                Draw();
            }
        }
        else if (index >= 0)
        {
            _active[index] = (sourceId, record);
            if (_drawnLines == 0 || time.GetElapsedTime(_drawnAt) >= s_redrawInterval)
            {
                Draw();
            }
        }
        else
        {
            int parent = _active.FindIndex(shown => shown.Record.ActivityId == record.ParentActivityId);
            _active.Insert(parent < 0 ? _active.Count : parent + 1, (sourceId, record));
            Draw();
        }
    }

    /// <summary>Takes the bars off the terminal, so that something else can be written; the next update shows them again.</summary>
    public void Hide()
    {
        if (_drawnLines > 0)
        {
            write(EraseDrawn());
            _drawnLines = 0;
        }
    }

    /// <summary>Takes the bars off the terminal and forgets the activities, which ended without saying so.</summary>
    public void Clear()
    {
        Hide();
        _active.Clear();
    }

    private void Draw()
    {
        int columns = width() - 1;
        string[] lines = [.. _active.Take(MaxLines).Select(shown => Line(shown.Record, columns))];
        write(EraseDrawn() + string.Join('\n', lines));
        _drawnLines = lines.Length;
        _drawnAt = time.GetTimestamp();
    }

    // The cursor stands at the end of the last line drawn.
    private string EraseDrawn() => _drawnLines switch
    {
        0 => "",
        1 => "\r\e[J",
        _ => string.Create(CultureInfo.InvariantCulture, $"\r\e[{_drawnLines - 1}A\e[J"),
    };

    private static string Line(ProgressRecord record, int columns)
    {
        string gauge = Gauge(record);
        var text = new StringBuilder(record.Activity);
        AppendPart(text, ": ", record.StatusDescription);
        AppendPart(text, ", ", record.CurrentOperation);
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]))
            {
                text[i] = ' ';
            }
        }

        int room = Math.Max(columns - gauge.Length, 0);
        if (text.Length > room)
        {
            text.Length = Math.Max(room - 3, 0);
            text.Append("...", 0, Math.Min(3, room));
        }

        string line = text + gauge;
        return line.Length > columns ? line[..Math.Max(columns, 0)] : line;
    }

    private static void AppendPart(StringBuilder text, string separator, string? part)
    {
        if (!string.IsNullOrWhiteSpace(part))
        {
            text.Append(separator).Append(part);
        }
    }

    private static string Gauge(ProgressRecord record)
    {
        var gauge = new StringBuilder();
        if (record.PercentComplete >= 0)
        {
            int percent = Math.Min(record.PercentComplete, 100);
            int full = BarWidth * percent / 100;
            gauge.Append(" [").Append('=', full).Append(' ', BarWidth - full).Append(']');
            gauge.Append(CultureInfo.InvariantCulture, $" {percent,3} %");
        }

        if (record.SecondsRemaining >= 0)
        {
            gauge.Append(CultureInfo.InvariantCulture, $"  {Duration(record.SecondsRemaining)} left");
        }

        return gauge.ToString();
    }

    private static string Duration(int seconds) => seconds >= 3600
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");
}
