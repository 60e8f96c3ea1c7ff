using System.Globalization;
using System.Text;

namespace KretPool.Host;

/// <summary>
/// A line typed at a terminal, with the usual keys: arrows, Home, End, Backspace, Delete, Up and Down through the lines
/// before, Tab and Shift+Tab through completions, Escape and Ctrl+U to clear, Ctrl+W for a word.
/// </summary>
/// <param name="terminal">Where the keys come from.</param>
/// <param name="write">Shows text on the terminal.</param>
/// <param name="history">Lines typed before, oldest first.</param>
/// <param name="complete">Finds completions for a text and a position in it; null where there are none to offer.</param>
internal sealed class LineEditor(
    ITerminal terminal,
    Action<string> write,
    IReadOnlyList<string> history,
    Func<string, int, Completions?>? complete = null)
{
    private readonly StringBuilder _text = new();
    private int _cursor;
    private int _historyIndex = history.Count;
    private int _promptCells;
    private int _cursorRow;
    private Completions? _completions;

    /// <summary>Shows a prompt and reads a line.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <returns>The line, or null if the input was ended by Ctrl+D.</returns>
    /// <exception cref="OperationCanceledException">Ctrl+C was pressed.</exception>
    public string? Read(string prompt)
    {
        write(prompt);
        _promptCells = prompt.Length - (prompt.LastIndexOf('\n') + 1);
        while (true)
        {
            ConsoleKeyInfo key = terminal.ReadKey();
            bool control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
            if (key.Key != ConsoleKey.Tab)
            {
                _completions = null;
            }

            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    MoveCursor(_text.Length);
                    write("\n");
                    return _text.ToString();
                case ConsoleKey.C when control:
                    MoveCursor(_text.Length);
                    write("^C\n");
                    throw new OperationCanceledException();
                case ConsoleKey.D when control && _text.Length == 0:
                    write("\n");
                    return null;
                case ConsoleKey.Tab:
                    Complete(forward: !key.Modifiers.HasFlag(ConsoleModifiers.Shift));
                    break;
                case ConsoleKey.LeftArrow or ConsoleKey.B when control || key.Key == ConsoleKey.LeftArrow:
                    MoveCursor(Math.Max(_cursor - 1, 0));
                    break;
                case ConsoleKey.RightArrow or ConsoleKey.F when control || key.Key == ConsoleKey.RightArrow:
                    MoveCursor(Math.Min(_cursor + 1, _text.Length));
                    break;
                case ConsoleKey.Home or ConsoleKey.A when control || key.Key == ConsoleKey.Home:
                    MoveCursor(0);
                    break;
                case ConsoleKey.End or ConsoleKey.E when control || key.Key == ConsoleKey.End:
                    MoveCursor(_text.Length);
                    break;
                case ConsoleKey.UpArrow:
                    Recall(_historyIndex - 1);
                    break;
                case ConsoleKey.DownArrow:
                    Recall(_historyIndex + 1);
                    break;
                case ConsoleKey.Backspace when _cursor > 0:
                    Replace(_cursor - 1, 1, "");
                    break;
                case ConsoleKey.Delete or ConsoleKey.D when control || key.Key == ConsoleKey.Delete:
                    Replace(_cursor, Math.Min(1, _text.Length - _cursor), "");
                    break;
                case ConsoleKey.Escape:
                    Replace(0, _text.Length, "");
                    break;
                case ConsoleKey.U when control:
                    Replace(0, _cursor, "");
                    break;
                case ConsoleKey.W when control:
                    int start = WordStart();
                    Replace(start, _cursor - start, "");
                    break;
                default:
                    if (!char.IsControl(key.KeyChar))
                    {
                        Replace(_cursor, 0, key.KeyChar.ToString());
                    }

                    break;
            }
        }
    }

    private int WordStart()
    {
        int start = _cursor;
        while (start > 0 && char.IsWhiteSpace(_text[start - 1]))
        {
            start--;
        }

        while (start > 0 && !char.IsWhiteSpace(_text[start - 1]))
        {
            start--;
        }

        return start;
    }

    // One past the newest line is an empty one.
    private void Recall(int index)
    {
        if (index >= 0 && index <= history.Count)
        {
            _historyIndex = index;
            Replace(0, _text.Length, index < history.Count ? history[index].ReplaceLineEndings(" ") : "");
        }
    }

    private void Complete(bool forward)
    {
        _completions ??= complete?.Invoke(_text.ToString(), _cursor);
        if (_completions is { Texts.Count: > 0 } found)
        {
            string next = found.Next(forward);
            Replace(found.Start, found.Length, next);
            found.Length = next.Length;
        }
    }

    private void Replace(int start, int length, string replacement)
    {
        string tail = _text.ToString(start + length, _text.Length - start - length);
        MoveCursor(start);
        _text.Remove(start, length).Insert(start, replacement);
        write("\e[J" + replacement + tail);
        _cursor = _text.Length;
        _cursorRow = RowOf(_cursor);

        // A full line leaves the cursor on its last column; this takes it to where the next character goes.
        if (ColumnOf(_cursor) == 0 && _cursor > 0)
        {
            write(" \b");
        }

        MoveCursor(start + replacement.Length);
    }

    private void MoveCursor(int position)
    {
        int row = RowOf(position);
        string vertical = row < _cursorRow ? Escape(_cursorRow - row, 'A') : row > _cursorRow ? Escape(row - _cursorRow, 'B') : "";
        int column = ColumnOf(position);
        if (position != _cursor)
        {
            write(vertical + "\r" + (column > 0 ? Escape(column, 'C') : ""));
        }

        (_cursor, _cursorRow) = (position, row);
    }

    private int RowOf(int position) => (_promptCells + position) / terminal.Width;

    private int ColumnOf(int position) => (_promptCells + position) % terminal.Width;

    private static string Escape(int count, char command) =>
        string.Create(CultureInfo.InvariantCulture, $"\e[{count}{command}");
}
