using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.InteropServices;

namespace KretPool.Host;

/// <summary>The program: reads its command line, runs what it asks for, and tells how it went by the exit code.</summary>
internal static class HostProgram
{
    private const int SigInt = 2;
    private const int SigTerm = 15;

    /// <summary>Runs the program.</summary>
    /// <param name="args">The arguments of the process.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args)
    {
        // Under the invariant culture PowerShell's formatting breaks lines in the middle of words.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentCulture =
            CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("en-US");
        using var terminal = new ConsoleTerminal();
        try
        {
            CommandLine line = CommandLine.Parse(args);
            switch (line.Action)
            {
                case HostAction.ShowVersion:
                    terminal.WriteOutput(VersionText() + Environment.NewLine);
                    return ExitCodes.Success;
                case HostAction.ShowHelp:
                    terminal.WriteOutput(HelpText.Text + Environment.NewLine);
                    return ExitCodes.Success;
                default:
                    return RunEngine(line, terminal);
            }
        }
        catch (UsageException e)
        {
            terminal.WriteError($"kretpool: {e.Message} 'kretpool --help' lists what there is.{Environment.NewLine}");
            return ExitCodes.BadUsage;
        }
    }

    /// <summary>The versions of the host and of the engine, on one line.</summary>
    /// <returns>The text.</returns>
    public static string VersionText() =>
        $"kretpool {InformationalVersion(typeof(HostProgram))} (PowerShell engine {InformationalVersion(typeof(PSObject))})";

    private static int RunEngine(CommandLine line, ConsoleTerminal terminal)
    {
        var ui = new ConsoleUserInterface(terminal, !line.NonInteractive, TimeProvider.System);
        var host = new ConsoleHost(ui);
        ScriptRun.CheckTarget(line);
        using var session = new EngineSession(host, ui);
        bool prompt = line.Action == HostAction.Prompt && terminal.InputIsTerminal;
        int? endedBy = null;
        using var interruption = new Interruption(OnSignal);
        ui.Interrupted = () => OnSignal(PosixSignal.SIGINT);

        var commands = new Prompt(session, host, ui, terminal);
        int code = prompt ? commands.Run() : new ScriptRun(session, host, terminal).Run(line);
        return endedBy ?? code;

        bool OnSignal(PosixSignal signal)
        {
            if (prompt && signal == PosixSignal.SIGINT)
            {
                session.Stop();
                return true;
            }

            bool first = endedBy is null;
            endedBy ??= ExitCodes.FromSignal(signal == PosixSignal.SIGINT ? SigInt : SigTerm);
            session.StopForGood();
            return first;
        }
    }

    // Without the commit that a build may append after a plus sign.
    private static string InformationalVersion(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion
            .Split('+', ' ')[0];
}
