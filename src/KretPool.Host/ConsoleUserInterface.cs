using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace KretPool.Host;

/// <summary>
/// What PowerShell writes and asks, on a terminal or into files and pipes. Errors and progress go to standard error, all
/// else to standard output, as with <c>pwsh</c>. Escape sequences reach a stream only if it is a terminal that shows
/// colours. Safe for concurrent use: runspaces of a parallel loop share one.
/// </summary>
internal sealed class ConsoleUserInterface : PSHostUserInterface, IHostUISupportsMultipleChoiceSelection
{
    private readonly Lock _lock = new();
    private readonly ITerminal _terminal;
    private readonly ProgressDisplay? _progress;
    private readonly Questions _questions;
    private bool _onlyErrors;

    /// <summary>Makes a user interface.</summary>
    /// <param name="terminal">Where to write and read.</param>
    /// <param name="interactive">Whether questions may be asked.</param>
    /// <param name="time">The clock that progress is limited by.</param>
    public ConsoleUserInterface(ITerminal terminal, bool interactive, TimeProvider time)
    {
        _terminal = terminal;
        RawUI = new ConsoleRawUserInterface(terminal);
        OutputShowsColour = terminal.AllowsColour && terminal.OutputIsTerminal;
        ErrorShowsColour = terminal.AllowsColour && terminal.ErrorIsTerminal;
        _progress = ErrorShowsColour ? new ProgressDisplay(terminal.WriteError, () => terminal.Width, time) : null;
        _questions = new Questions(terminal, interactive, WriteQuestion);
    }

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI { get; }

    /// <inheritdoc/>
    public override bool SupportsVirtualTerminal => OutputShowsColour || ErrorShowsColour;

    private bool OutputShowsColour { get; }

    private bool ErrorShowsColour { get; }

    /// <summary>Called when Ctrl+C is pressed instead of an answer to a question.</summary>
    public Action? Interrupted
    {
        get => _questions.Interrupted;
        set => _questions.Interrupted = value;
    }

    /// <summary>
    /// Sends everything to standard error until the result is disposed: for an error record that goes through
    /// PowerShell's formatting after the pipeline it ended.
    /// </summary>
    /// <returns>Ends it.</returns>
    public IDisposable OnlyErrors() => new ErrorScope(this);

    /// <summary>Takes progress off the terminal when the command that reported it has ended.</summary>
    public void ClearProgress()
    {
        lock (_lock)
        {
            _progress?.Clear();
        }
    }

    /// <inheritdoc/>
    public override void Write(string value) => WriteText(value, toError: _onlyErrors);

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Write(Coloured(foregroundColor, backgroundColor, value));

    /// <inheritdoc/>
    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        WriteLine(Coloured(foregroundColor, backgroundColor, value));

    /// <inheritdoc/>
    public override void WriteErrorLine(string value) =>
        WriteText(Styled(PSStyle.Instance.Formatting.Error, value) + Environment.NewLine, toError: true);

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) =>
        WriteLine(Styled(PSStyle.Instance.Formatting.Warning, "WARNING: " + message));

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) =>
        WriteLine(Styled(PSStyle.Instance.Formatting.Verbose, "VERBOSE: " + message));

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) =>
        WriteLine(Styled(PSStyle.Instance.Formatting.Debug, "DEBUG: " + message));

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        lock (_lock)
        {
            _progress?.Update(sourceId, record);
        }
    }

    /// <inheritdoc/>
    public override string ReadLine() => _questions.ReadLine("A line of input is wanted");

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString() => _questions.ReadSecret("A secret is wanted");

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions) =>
        _questions.AskFields(caption, message, descriptions);

    /// <inheritdoc/>
    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        _questions.AskChoice(caption, message, choices, defaultChoice);

    /// <inheritdoc/>
    public Collection<int> PromptForChoice(
        string? caption, string? message, Collection<ChoiceDescription> choices, IEnumerable<int>? defaultChoices) =>
        _questions.AskChoices(caption, message, choices, defaultChoices);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName) =>
        _questions.AskCredential(caption, message, userName);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) =>
        _questions.AskCredential(caption, message, userName);

    private void WriteQuestion(string text) => WriteText(text, toError: !_terminal.OutputIsTerminal);

    private void WriteText(string text, bool toError)
    {
        bool showsColour = toError ? ErrorShowsColour : OutputShowsColour;
        if (!showsColour && PSStyle.Instance.OutputRendering != OutputRendering.Ansi)
        {
            text = new StringDecorated(text).ToString(OutputRendering.PlainText);
        }

        lock (_lock)
        {
            _progress?.Hide();
            if (toError)
            {
                _terminal.WriteError(text);
            }
            else
            {
                _terminal.WriteOutput(text);
            }
        }
    }

    // Text that brings its own style, as formatted errors do, keeps it.
    private static string Styled(string style, string text) =>
        PSStyle.Instance.OutputRendering == OutputRendering.PlainText || text.Contains('\e', StringComparison.Ordinal)
            ? text
            : style + text + PSStyle.Instance.Reset;

    private static string Coloured(ConsoleColor foreground, ConsoleColor background, string text)
    {
        string style = "";
        if (Enum.IsDefined(foreground))
        {
            style += PSStyle.Instance.Foreground.FromConsoleColor(foreground);
        }

        // The default background is whatever the terminal has; painting it black would show on any other.
        if (Enum.IsDefined(background) && background != ConsoleColor.Black)
        {
            style += PSStyle.Instance.Background.FromConsoleColor(background);
        }

        return Styled(style, text);
    }

    private sealed class ErrorScope : IDisposable
    {
        private readonly ConsoleUserInterface _ui;

        public ErrorScope(ConsoleUserInterface ui)
        {
            _ui = ui;
            _ui._onlyErrors = true;
        }

        public void Dispose() => _ui._onlyErrors = false;
    }
}
