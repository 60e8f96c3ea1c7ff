namespace KretPool.Host.Tests;

public sealed class OutputTests : IDisposable
{
    private const string Progress =
        "$PSCmdlet.WriteProgress([System.Management.Automation.ProgressRecord]::new(1, 'Sweep', 'trial 1'))";

    private readonly ScriptFolder _scripts = new();

    public void Dispose() => _scripts.Dispose();

    [Fact]
    public void Objects_appear_as_PowerShell_formats_them() =>
        Assert.Equal(
            "\nName Value\n---- -----\na        1\nb       22\n\n",
            HostProcess.RunCommand("[pscustomobject]@{Name='a';Value=1}, [pscustomobject]@{Name='b';Value=22}").Output);

    [Fact]
    public void Redirected_output_holds_no_escape_codes_and_no_progress()
    {
        string script = _scripts.Write("all.ps1", $$"""
            [CmdletBinding()] param()
            {{Progress}}
            [pscustomobject]@{ A = 1 }
            $PSStyle.Foreground.Red + 'red' + $PSStyle.Reset
            $PSCmdlet.WriteWarning('careful')
            $PSCmdlet.WriteVerbose('details')
            Get-NoSuchThing
            """);

        HostResult result = HostProcess.Run([script, "-Verbose"]);

        Assert.DoesNotContain("\e", result.Output + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Sweep", result.Output + result.Error, StringComparison.Ordinal);
        Assert.Contains("red\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("WARNING: careful\nVERBOSE: details\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_goes_to_standard_error_with_the_scripts_line_and_position()
    {
        string script = _scripts.Write("broken.ps1", "'before'\n1 / 0\n'after'");

        HostResult result = HostProcess.Run([script]);

        Assert.Equal("before\nafter\n", result.Output);
        Assert.Contains($"{script}:2", result.Error, StringComparison.Ordinal);
        Assert.Contains("| Attempted to divide by zero.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_that_ends_a_script_is_shown_with_its_line_and_position()
    {
        string script = _scripts.Write("throws.ps1", "\nthrow 'enough'");

        HostResult result = HostProcess.Run([script]);

        Assert.Empty(result.Output);
        Assert.Contains($"{script}:2", result.Error, StringComparison.Ordinal);
        Assert.Contains("enough", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_is_utf_8_without_a_byte_order_mark() =>
        Assert.Equal("ä☃\n", HostProcess.RunCommand("[char]0xe4 + [char]0x2603").Output);

    [Fact]
    public void A_command_that_only_PowerShell_has_says_so_whatever_its_arguments_and_input()
    {
        HostResult result = HostProcess.RunCommand("1, 2 | Select-Object -First 1 -Property A, B");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Microsoft.PowerShell.Utility", result.Error, StringComparison.Ordinal);
        Assert.Contains("pwsh", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_command_can_be_caught_as_in_PowerShell() =>
        Assert.Equal(
            "Format-Table CommandNotFoundException\n",
            HostProcess.RunCommand(
                "try { Format-Table } catch [System.Management.Automation.CommandNotFoundException] "
                + "{ \"$($_.TargetObject) $($_.FullyQualifiedErrorId.Split(',')[0])\" }").Output);

    [Fact]
    public void A_command_that_nobody_has_keeps_PowerShells_own_message() =>
        Assert.Contains(
            "The term 'Get-NoSuchThing' is not recognized",
            HostProcess.RunCommand("Get-NoSuchThing").Error,
            StringComparison.Ordinal);

    [Fact]
    public void The_module_that_comes_with_the_host_is_found_without_an_import() =>
        Assert.Contains("ConcurrentBag", HostProcess.RunCommand("Get-PoolKind").Output, StringComparison.Ordinal);

    [Fact]
    public void Version_and_help_are_plain_text_on_standard_output()
    {
        HostResult version = HostProcess.Run(["--version"]);
        HostResult help = HostProcess.Run(["--help"]);

        Assert.Matches(@"^kretpool \d+\.\d+\.\d+ \(PowerShell engine 7\.6\.\d+\)\n$", version.Output);
        Assert.Contains("-Command", help.Output, StringComparison.Ordinal);
        Assert.Equal((0, 0), (version.ExitCode, help.ExitCode));
    }
}
