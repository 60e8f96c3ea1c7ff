using System.Management.Automation.Language;

namespace KretPool.Host;

/// <summary>Reads commands from a person and runs them one by one, until <c>exit</c> or the end of the input.</summary>
/// <param name="session">The engine.</param>
/// <param name="host">The host that <c>exit</c> reports to.</param>
/// <param name="ui">Where the prompt appears.</param>
/// <param name="terminal">Where the commands come from.</param>
internal sealed class Prompt(EngineSession session, ConsoleHost host, ConsoleUserInterface ui, ITerminal terminal)
{
    private const string Continuation = ">> ";

    /// <summary>Runs the prompt.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        host.NestedPrompt = () => ReadAndRun(nested: true);
        ui.WriteLine($"{HostProgram.VersionText()}. 'exit' leaves.");
        ReadAndRun(nested: false);
        return host.ExitCode ?? ExitCodes.Success;
    }

    private void ReadAndRun(bool nested)
    {
        while (host.ExitCode is null && ReadCommand(nested) is string text)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                session.RunText(text, nested: nested);
            }
        }
    }

    // Reads on while the text cannot be a whole command yet: an open brace, quote or pipe. Null at the end of the input.
    private string? ReadCommand(bool nested)
    {
        ui.Write(session.Evaluate("prompt", nested) as string ?? "PS> ");
        string? text = terminal.ReadLine();
        while (text is not null && IsIncomplete(text))
        {
            ui.Write(Continuation);
            string? more = terminal.ReadLine();
            if (more is null)
            {
                return null;
            }

            // As in PowerShell, an empty line ends the command even so, and shows what is missing.
            if (more.Length == 0)
            {
                break;
            }

            text += Environment.NewLine + more;
        }

        return text;
    }

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out ParseError[] errors);
        return errors.Length > 0 && errors.Any(error => error.IncompleteInput);
    }
}
