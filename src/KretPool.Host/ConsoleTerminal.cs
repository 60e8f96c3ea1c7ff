using System.Globalization;
using System.Text;

namespace KretPool.Host;

/// <summary>The streams of this process.</summary>
internal sealed class ConsoleTerminal : ITerminal, IDisposable
{
    // Wide enough for the module's tables where nobody tells a width; COLUMNS overrides it.
    private const int WidthWithoutTerminal = 120;
    private const int HeightWithoutTerminal = 50;

    private readonly Encoding _outputEncodingBefore = Console.OutputEncoding;

    /// <summary>Makes output UTF-8 whatever the locale or code page, without a byte order mark.</summary>
    public ConsoleTerminal()
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (!InputIsTerminal)
        {
            Console.InputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }

        AllowsColour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb"
            && (!OperatingSystem.IsWindows() || WindowsConsole.EnableEscapeSequences());
    }

    /// <inheritdoc/>
    public bool InputIsTerminal { get; } = !Console.IsInputRedirected;

    /// <inheritdoc/>
    public bool OutputIsTerminal { get; } = !Console.IsOutputRedirected;

    /// <inheritdoc/>
    public bool ErrorIsTerminal { get; } = !Console.IsErrorRedirected;

    /// <inheritdoc/>
    public bool AllowsColour { get; }

    /// <inheritdoc/>
    public int Width => OutputIsTerminal && Console.WindowWidth > 0
        ? Console.WindowWidth
        : Number("COLUMNS") ?? WidthWithoutTerminal;

    /// <inheritdoc/>
    public int Height => OutputIsTerminal && Console.WindowHeight > 0 ? Console.WindowHeight : HeightWithoutTerminal;

    /// <inheritdoc/>
    public bool KeyAvailable => InputIsTerminal && Console.KeyAvailable;

    /// <inheritdoc/>
    public void WriteOutput(string text) => Console.Out.Write(text);

    /// <inheritdoc/>
    public void WriteError(string text) => Console.Error.Write(text);

    /// <inheritdoc/>
    public string? ReadLine() => Console.In.ReadLine();

    /// <inheritdoc/>
    public ConsoleKeyInfo ReadKey()
    {
        bool before = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = true;
        try
        {
            return Console.ReadKey(intercept: true);
        }
        finally
        {
            Console.TreatControlCAsInput = before;
        }
    }

    /// <summary>Gives the console its code page back: on Windows it belongs to the window, not to the process.</summary>
    public void Dispose()
    {
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = _outputEncodingBefore;
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && number > 0
            ? number
            : null;
}
