using System.Management.Automation;
using System.Management.Automation.Language;

namespace KretPool.Host;

/// <summary>Runs a script or a command once, and finds the exit code that <c>pwsh</c> would give.</summary>
/// <param name="session">The engine.</param>
/// <param name="host">The host that <c>exit</c> reports to.</param>
/// <param name="terminal">Where standard input comes from.</param>
internal sealed class ScriptRun(EngineSession session, ConsoleHost host, ITerminal terminal)
{
    /// <summary>Checks that the script is there, before the engine is started for nothing.</summary>
    /// <param name="line">The command line.</param>
    /// <exception cref="UsageException">The script is not there, or is none.</exception>
    public static void CheckTarget(CommandLine line)
    {
        if (line.Action != HostAction.RunFile)
        {
            return;
        }

        if (!line.Target.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException(
                $"'{line.Target}' is no script: its name does not end in .ps1. For a command, write -Command before it.");
        }

        if (!File.Exists(line.Target))
        {
            throw new UsageException($"There is no script '{Path.GetFullPath(line.Target)}'.");
        }
    }

    /// <summary>Runs what the command line names.</summary>
    /// <param name="line">The command line.</param>
    /// <returns>The exit code.</returns>
    public int Run(CommandLine line) => line.Action switch
    {
        HostAction.RunFile => RunFile(line),
        HostAction.RunCommand => RunText(line.Target, mayReadInput: true),
        _ => RunText(string.Join('\n', StandardInputLines()), mayReadInput: false),
    };

    // The call is written as a line of script: only there the engine says, by $?, whether the script ended with 'exit'
    // and a code other than 0, or could not be called at all.
    private int RunFile(CommandLine line)
    {
        string path = Path.GetFullPath(line.Target);
        string arguments = ScriptArguments.ToSource(line.ScriptArguments, ParametersOf(path));
        string call = $". '{CodeGeneration.EscapeSingleQuotedStringContent(path)}' {arguments}";
        IEnumerable<string>? input = InputFor(Parser.ParseFile(path, out _, out _));
        bool completed = session.RunText(input is null ? call : "$input | " + call, input);
        return host.ExitCode
            ?? (!completed ? ExitCodes.Failure
                : session.LastSucceeded ? ExitCodes.Success
                : session.LastExitCode is int code and not 0 ? code
                : ExitCodes.Failure);
    }

    private int RunText(string text, bool mayReadInput)
    {
        IEnumerable<string>? input = mayReadInput ? InputFor(Parser.ParseInput(text, out _, out _)) : null;
        bool completed = session.RunText(text, input);
        return host.ExitCode ?? (completed && session.LastSucceeded ? ExitCodes.Success : ExitCodes.Failure);
    }

    // A script that does not parse has no parameters that can be known; running it shows the error.
    private Dictionary<string, ParameterMetadata> ParametersOf(string path)
    {
        try
        {
            return session.Runspace.SessionStateProxy.InvokeCommand.GetCommand(path, CommandTypes.ExternalScript)
                ?.Parameters ?? [];
        }
        catch (RuntimeException)
        {
            return [];
        }
    }

    // Only what looks at its input gets it: a script that does not must not wait for a pipe that nobody closes.
    private IEnumerable<string>? InputFor(ScriptBlockAst syntax)
    {
        bool reads = syntax.ProcessBlock is not null || syntax.Find(
            node => node is VariableExpressionAst variable
                && variable.VariablePath.UserPath.Equals("input", StringComparison.OrdinalIgnoreCase),
            searchNestedScriptBlocks: true) is not null;
        return reads && !terminal.InputIsTerminal ? StandardInputLines() : null;
    }

    private IEnumerable<string> StandardInputLines()
    {
        while (terminal.ReadLine() is string line)
        {
            yield return line;
        }
    }
}
