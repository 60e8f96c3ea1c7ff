using System.Management.Automation;
using System.Management.Automation.Language;

namespace KretPool.Host;

/// <summary>Reads commands from a person and runs them one by one, until <c>exit</c> or Ctrl+D.</summary>
internal sealed class Prompt
{
    private const string Continuation = ">> ";

    private readonly EngineSession _session;
    private readonly ConsoleHost _host;
    private readonly ConsoleUserInterface _ui;
    private readonly ITerminal _terminal;
    private readonly List<string> _typed = [];

    /// <summary>Makes a prompt, which also serves commands that ask for a prompt inside them.</summary>
    /// <param name="session">The engine.</param>
    /// <param name="host">The host that <c>exit</c> reports to.</param>
    /// <param name="ui">Where the prompt appears.</param>
    /// <param name="terminal">Where the commands come from.</param>
    public Prompt(EngineSession session, ConsoleHost host, ConsoleUserInterface ui, ITerminal terminal)
    {
        (_session, _host, _ui, _terminal) = (session, host, ui, terminal);
        if (terminal.InputIsTerminal)
        {
            host.NestedPrompt = () => ReadAndRun(nested: true);
        }
    }

    /// <summary>Runs the prompt.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        _ui.WriteLine($"{HostProgram.VersionText()}. 'exit' leaves.");
        ReadAndRun(nested: false);
        return _host.ExitCode ?? ExitCodes.Success;
    }

    private void ReadAndRun(bool nested)
    {
        int level = _host.PromptLevel;
        while (_host.ExitCode is null && _host.PromptLevel == level)
        {
            try
            {
                string text = ReadCommand(nested) ?? "exit";
                if (!string.IsNullOrWhiteSpace(text))
                {
                    _typed.Add(text);
                    _session.RunText(text, nested: nested);
                }
            }
            catch (OperationCanceledException)
            {
                // Ctrl+C while typing: the line is dropped, and the next one begins.
            }
        }
    }

    // Reads on while the text cannot be a whole command yet: an open brace, quote or pipe. Null at the end of the input.
    private string? ReadCommand(bool nested)
    {
        string prompt = _session.Evaluate("prompt", nested) as string ?? "PS> ";
        string? text = ReadLine(prompt, nested);
        while (text is not null && IsIncomplete(text))
        {
            string? more = ReadLine(Continuation, nested);
            if (more is null)
            {
                return null;
            }

            // As in PowerShell, an empty line ends the command even so, and shows what is missing.
            if (more.Length == 0)
            {
                break;
            }

            text += "\n" + more;
        }

        return text;
    }

    // Completion runs in the runspace, which a nested prompt finds busy.
    private string? ReadLine(string prompt, bool nested) =>
        new LineEditor(_terminal, _ui.Write, _typed, nested ? null : Complete).Read(prompt);

    private Completions? Complete(string text, int position)
    {
        using var engine = PowerShell.Create();
        engine.Runspace = _session.Runspace;
        CommandCompletion found = CommandCompletion.CompleteInput(text, position, options: null, engine);
        return new Completions(
            found.ReplacementIndex,
            found.ReplacementLength,
            [.. found.CompletionMatches.Select(match => match.CompletionText)]);
    }

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out ParseError[] errors);
        return errors.Any(error => error.IncompleteInput);
    }
}
