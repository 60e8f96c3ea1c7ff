using System.Text;

namespace KretPool.Host.Tests;

/// <summary>A terminal of text and keys given beforehand. Remembers everything written, in order.</summary>
internal sealed class FakeTerminal : ITerminal
{
    private readonly Queue<ConsoleKeyInfo> _keys = new();

    public bool InputIsTerminal { get; init; } = true;

    public bool OutputIsTerminal { get; init; } = true;

    public bool ErrorIsTerminal { get; init; } = true;

    public bool AllowsColour { get; init; } = true;

    public int Width { get; init; } = 80;

    public int Height => 25;

    public bool KeyAvailable => _keys.Count > 0;

    public StringBuilder Output { get; } = new();

    public StringBuilder Error { get; } = new();

    public Queue<string> Lines { get; } = new();

    public void WriteOutput(string text) => Output.Append(text);

    public void WriteError(string text) => Error.Append(text);

    public string? ReadLine() => Lines.TryDequeue(out string? line) ? line : null;

    public ConsoleKeyInfo ReadKey() => _keys.Dequeue();

    public FakeTerminal Type(string text)
    {
        foreach (char character in text)
        {
            _keys.Enqueue(new ConsoleKeyInfo(character, ConsoleKey.None, shift: false, alt: false, control: false));
        }

        return this;
    }

    public FakeTerminal Press(ConsoleKey key, bool control = false, bool shift = false)
    {
        _keys.Enqueue(new ConsoleKeyInfo('\0', key, shift, alt: false, control));
        return this;
    }
}
