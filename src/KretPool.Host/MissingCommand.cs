using System.Collections.Frozen;
using System.Management.Automation;

namespace KretPool.Host;

/// <summary>
/// Says of a command that PowerShell 7.6 has and this host lacks that it is so, where PowerShell would only say that it
/// knows no such command. Other unknown commands keep PowerShell's own message.
/// </summary>
internal static class MissingCommand
{
    private const string ResourceName = "PowerShellCommands.txt";

    private static readonly Lazy<FrozenDictionary<string, string>> s_moduleOfCommand = new(ReadList);

    /// <summary>The handler for <see cref="CommandInvocationIntrinsics.CommandNotFoundAction"/>.</summary>
    /// <param name="sender">Not used.</param>
    /// <param name="lookup">The name that was not found; gets a cmdlet that throws the error.</param>
    public static void Explain(object? sender, CommandLookupEventArgs lookup)
    {
        if (s_moduleOfCommand.Value.ContainsKey(lookup.CommandName))
        {
            lookup.Command = new CmdletInfo(lookup.CommandName, typeof(MissingCommandCmdlet));
        }
    }

    /// <summary>Makes the error for a missing command.</summary>
    /// <param name="command">Its name, which is on the list.</param>
    /// <returns>The error.</returns>
    public static ErrorRecord Error(string command)
    {
        var exception = new CommandNotFoundException(
            $"'{command}' comes with the module {s_moduleOfCommand.Value[command]} of PowerShell 7.6. This host has "
            + "PowerShell's language and core cmdlets only. Run this with pwsh instead: https://aka.ms/powershell")
        {
            CommandName = command,
        };
        return new ErrorRecord(
            exception, nameof(CommandNotFoundException), ErrorCategory.ObjectNotFound, targetObject: command);
    }

    // One command a line: the module, a space, the name.
    private static FrozenDictionary<string, string> ReadList()
    {
        using Stream list = typeof(MissingCommand).Assembly.GetManifestResourceStream(ResourceName)!;
        using var reader = new StreamReader(list);
        return reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .ToFrozenDictionary(words => words[1], words => words[0], StringComparer.OrdinalIgnoreCase);
    }
}
