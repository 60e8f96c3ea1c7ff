namespace KretPool.Host;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    /// <summary>The whole text.</summary>
    public const string Text = """
        Runs PowerShell scripts and commands that use the KretPool module. It needs no PowerShell on the machine.

        Usage:
          kretpool SCRIPT.ps1 [ARGUMENT...]     runs a script file
          kretpool -Command TEXT                runs a command
          kretpool -Command -                   runs the script that standard input holds
          kretpool                              a prompt; 'exit' leaves it

        Options, before the script or command:
          -File, -f SCRIPT.ps1    the same as naming the script alone
          -Command, -c TEXT       the rest of the line is the command
          -NonInteractive         a question to the user is an error, not a wait
          -NoProfile              changes nothing, since profiles are never loaded; pwsh's command lines have it
          -Version, -v            prints the version of the host and of its PowerShell engine
          -Help, -h               prints this text

        Options are also taken with two dashes and in any case.

        Script arguments:
          -Name value, -Switch and -Switch:$false bind as they do with 'pwsh -File'. Where the script's parameter is
          an array, commas separate its values: -ThreadCount 1,2,4. For anything that needs PowerShell's own
          syntax, use -Command: kretpool -Command "./sweep.ps1 -Label 'a, b'".

        Exit codes:
          what the script gives to 'exit'; else 0; 1 after an error that nothing caught and, with -Command, when the
          last command failed; 64 for a wrong command line; 130 after Ctrl+C and 143 after SIGTERM.

        Modules are looked for in the folder 'Modules' beside the program first, which holds KretPool, and then
        where PowerShell looks. The host has PowerShell's language and core cmdlets;
        Select-Object, Format-Table, Export-Csv and the like come with PowerShell 7.6: https://aka.ms/powershell
        """;
}
