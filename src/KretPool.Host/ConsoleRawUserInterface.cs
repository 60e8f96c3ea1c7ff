using System.Management.Automation.Host;

namespace KretPool.Host;

/// <summary>
/// The screen as PowerShell sees it: its size, keys, colours. Screen contents cannot be read or moved, which .NET
/// offers on no platform but Windows.
/// </summary>
/// <param name="terminal">The terminal.</param>
internal sealed class ConsoleRawUserInterface(ITerminal terminal) : PSHostRawUserInterface
{
    private ConsoleColor _foreground = ConsoleColor.Gray;
    private ConsoleColor _background = ConsoleColor.Black;
    private string _windowTitle = "";

    /// <inheritdoc/>
    public override ConsoleColor ForegroundColor
    {
        get => _foreground;
        set
        {
            _foreground = value;
            if (terminal.OutputIsTerminal)
            {
                Console.ForegroundColor = value;
            }
        }
    }

    /// <inheritdoc/>
    public override ConsoleColor BackgroundColor
    {
        get => _background;
        set
        {
            _background = value;
            if (terminal.OutputIsTerminal)
            {
                Console.BackgroundColor = value;
            }
        }
    }

    /// <inheritdoc/>
    public override Size BufferSize
    {
        get => new(terminal.Width, terminal.Height);
        set => throw Unsupported("The size of the screen");
    }

    /// <inheritdoc/>
    public override Size WindowSize
    {
        get => BufferSize;
        set => throw Unsupported("The size of the window");
    }

    /// <inheritdoc/>
    public override Size MaxWindowSize => BufferSize;

    /// <inheritdoc/>
    public override Size MaxPhysicalWindowSize => BufferSize;

    /// <inheritdoc/>
    public override Coordinates WindowPosition
    {
        get => new(0, 0);
        set => throw Unsupported("The position of the window");
    }

    /// <inheritdoc/>
    public override Coordinates CursorPosition
    {
        get
        {
            if (!terminal.OutputIsTerminal || !terminal.InputIsTerminal)
            {
                return new Coordinates(0, 0);
            }

            (int left, int top) = Console.GetCursorPosition();
            return new Coordinates(left, top);
        }

        set
        {
            if (terminal.OutputIsTerminal)
            {
                Console.SetCursorPosition(value.X, value.Y);
            }
        }
    }

    /// <inheritdoc/>
    public override int CursorSize
    {
        get => 25;
        set => throw Unsupported("The size of the cursor");
    }

    /// <inheritdoc/>
    public override bool KeyAvailable => terminal.KeyAvailable;

    /// <inheritdoc/>
    public override string WindowTitle
    {
        get => _windowTitle;
        set
        {
            _windowTitle = value;
            if (terminal.OutputIsTerminal)
            {
                Console.Title = value;
            }
        }
    }

    /// <inheritdoc/>
    public override void FlushInputBuffer()
    {
        while (terminal.KeyAvailable)
        {
            terminal.ReadKey();
        }
    }

    /// <inheritdoc/>
    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        if (!terminal.InputIsTerminal)
        {
            throw NobodyToAsk.Error("A key is wanted");
        }

        ConsoleKeyInfo key = terminal.ReadKey();
        if (key is { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }
            && (options & ReadKeyOptions.AllowCtrlC) == 0)
        {
            throw new System.Management.Automation.PipelineStoppedException();
        }

        if ((options & ReadKeyOptions.NoEcho) == 0 && !char.IsControl(key.KeyChar))
        {
            terminal.WriteOutput(key.KeyChar.ToString());
        }

        return new KeyInfo((int)key.Key, key.KeyChar, Modifiers(key.Modifiers), keyDown: true);
    }

    /// <inheritdoc/>
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw Unsupported("The screen's contents");

    /// <inheritdoc/>
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) =>
        throw Unsupported("The screen's contents");

    /// <inheritdoc/>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        // Clear-Host asks for the whole screen to be filled this way.
        if (rectangle is not { Left: -1, Top: -1, Right: -1, Bottom: -1 })
        {
            throw Unsupported("The screen's contents");
        }

        if (terminal.OutputIsTerminal)
        {
            Console.Clear();
        }
    }

    /// <inheritdoc/>
    public override void ScrollBufferContents(
        Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw Unsupported("The screen's contents");

    private static ControlKeyStates Modifiers(ConsoleModifiers modifiers) =>
        (modifiers.HasFlag(ConsoleModifiers.Shift) ? ControlKeyStates.ShiftPressed : 0)
        | (modifiers.HasFlag(ConsoleModifiers.Alt) ? ControlKeyStates.LeftAltPressed : 0)
        | (modifiers.HasFlag(ConsoleModifiers.Control) ? ControlKeyStates.LeftCtrlPressed : 0);

    private static NotSupportedException Unsupported(string what) =>
        new($"{what} cannot be read or changed in this host.");
}
