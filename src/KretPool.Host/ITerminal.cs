namespace KretPool.Host;

/// <summary>The three standard streams and what is behind them. Tests put a fake in its place.</summary>
internal interface ITerminal
{
    /// <summary>Whether standard input is a terminal and not a file or pipe.</summary>
    bool InputIsTerminal { get; }

    /// <summary>Whether standard output is a terminal.</summary>
    bool OutputIsTerminal { get; }

    /// <summary>Whether standard error is a terminal.</summary>
    bool ErrorIsTerminal { get; }

    /// <summary>Whether the user allows colours and the terminal understands escape sequences.</summary>
    bool AllowsColour { get; }

    /// <summary>Columns for output, above 0, also where there is no terminal.</summary>
    int Width { get; }

    /// <summary>Rows, above 0, also where there is no terminal.</summary>
    int Height { get; }

    /// <summary>Whether a key waits to be read. False when standard input is no terminal.</summary>
    bool KeyAvailable { get; }

    /// <summary>Writes to standard output.</summary>
    /// <param name="text">The text, as it is to appear.</param>
    void WriteOutput(string text);

    /// <summary>Writes to standard error.</summary>
    /// <param name="text">The text, as it is to appear.</param>
    void WriteError(string text);

    /// <summary>Reads a line from standard input.</summary>
    /// <returns>The line without its end, or null at the end of the input.</returns>
    string? ReadLine();

    /// <summary>Reads a key without showing it. Ctrl+C comes as a key and not as a signal.</summary>
    /// <returns>The key.</returns>
    ConsoleKeyInfo ReadKey();
}
