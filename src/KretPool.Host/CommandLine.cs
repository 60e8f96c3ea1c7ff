namespace KretPool.Host;

/// <summary>What the host was asked to do.</summary>
internal enum HostAction
{
    /// <summary>Read commands from a person, or a script from standard input.</summary>
    Prompt,

    /// <summary>Run a script file.</summary>
    RunFile,

    /// <summary>Run a command given as text.</summary>
    RunCommand,

    /// <summary>Run the script that standard input holds.</summary>
    RunStandardInput,

    /// <summary>Print the version.</summary>
    ShowVersion,

    /// <summary>Print the help.</summary>
    ShowHelp,
}

/// <summary>The host's own command line, read.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Target">The script's path or the command's text; empty for the other actions.</param>
/// <param name="ScriptArguments">What follows the script's path, as it came.</param>
/// <param name="NonInteractive">Whether a question to the user is an error.</param>
internal sealed record CommandLine(
    HostAction Action, string Target, IReadOnlyList<string> ScriptArguments, bool NonInteractive)
{
    /// <summary>Reads a command line.</summary>
    /// <param name="args">The arguments of the process.</param>
    /// <returns>What they ask for.</returns>
    /// <exception cref="UsageException">They make no sense; the message says why.</exception>
    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        bool nonInteractive = false;
        for (int i = 0; i < args.Count; i++)
        {
            string[] rest = [.. args.Skip(i + 1)];
            switch (OptionName(args[i]))
            {
                case null:
                    return new CommandLine(HostAction.RunFile, args[i], rest, nonInteractive);
                case "":
                    return rest.Length == 0
                        ? new CommandLine(HostAction.RunStandardInput, "", [], nonInteractive)
                        : throw new UsageException("'-' reads a script from standard input; nothing may follow.");
                case "noninteractive":
                    nonInteractive = true;
                    break;
                case "noprofile" or "nop":
                    // Profiles are never loaded. A command line that was written for pwsh runs as it is.
                    break;
                case "file" or "f":
                    return rest is [string path, .. string[] scriptArguments]
                        ? new CommandLine(HostAction.RunFile, path, scriptArguments, nonInteractive)
                        : throw new UsageException($"{args[i]} needs the path of a script after it.");
                case "command" or "c":
                    return RunCommand(args[i], rest, nonInteractive);
                case "version" or "v":
                    return new CommandLine(HostAction.ShowVersion, "", [], nonInteractive);
                case "help" or "h" or "?":
                    return new CommandLine(HostAction.ShowHelp, "", [], nonInteractive);
                default:
                    throw new UsageException($"There is no option '{args[i]}'.");
            }
        }

        return new CommandLine(HostAction.Prompt, "", [], nonInteractive);
    }

    // As in pwsh, words after the command join it, so that quotes are needed only where the shell needs them.
    private static CommandLine RunCommand(string option, string[] words, bool nonInteractive) => words switch
    {
        [] => throw new UsageException($"{option} needs a command after it."),
        ["-"] => new CommandLine(HostAction.RunStandardInput, "", [], nonInteractive),
        ["-", ..] => throw new UsageException($"'{option} -' reads the command from standard input; nothing may follow."),
        _ => new CommandLine(HostAction.RunCommand, string.Join(' ', words), [], nonInteractive),
    };

    // One or two dashes, any case; null for a word that is no option, empty for a lone dash.
    private static string? OptionName(string word) =>
        !word.StartsWith('-') ? null
        : word.StartsWith("--", StringComparison.Ordinal) ? word[2..].ToLowerInvariant()
        : word[1..].ToLowerInvariant();
}

/// <summary>A command line that makes no sense.</summary>
/// <param name="message">Why, for the user.</param>
internal sealed class UsageException(string message) : Exception(message);
