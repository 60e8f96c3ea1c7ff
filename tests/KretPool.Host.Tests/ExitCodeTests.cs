namespace KretPool.Host.Tests;

public sealed class ExitCodeTests : IDisposable
{
    private readonly ScriptFolder _scripts = new();

    public void Dispose() => _scripts.Dispose();

    [Theory]
    [InlineData("1", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("throw 'no'", 1)]
    [InlineData("1; Get-NoSuchThing", 1)]
    [InlineData("Get-NoSuchThing; 1", 0)]
    [InlineData("if (", 1)]
    public void A_command_gives_what_pwsh_gives(string command, int expected) =>
        Assert.Equal(expected, HostProcess.RunCommand(command).ExitCode);

    [Theory]
    [InlineData("'done'", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("throw 'no'", 1)]
    [InlineData("Get-NoSuchThing; 'done'", 0)]
    [InlineData("& { 1/0 }; exit 0", 0)]
    public void A_script_gives_what_pwsh_gives(string script, int expected) =>
        Assert.Equal(expected, HostProcess.Run([_scripts.Write("it's.ps1", script)]).ExitCode);

    [Fact]
    public void Exit_in_a_nested_script_ends_that_script_and_tells_the_outer_one()
    {
        _scripts.Write("inner.ps1", "exit 7");
        string outer = _scripts.Write("outer.ps1", "& $PSScriptRoot/inner.ps1; \"inner gave $LASTEXITCODE\"; exit 4");

        HostResult result = HostProcess.Run([outer]);

        Assert.Equal((4, "inner gave 7\n"), (result.ExitCode, result.Output));
    }

    [Fact]
    public void The_code_of_a_program_that_a_script_ran_is_not_the_scripts_own()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script runs sh.");
        string script = _scripts.Write("native.ps1", "sh -c 'exit 7'; \"sh gave $LASTEXITCODE\"");

        HostResult result = HostProcess.Run([script]);

        Assert.Equal((0, "sh gave 7\n"), (result.ExitCode, result.Output));
    }

    [Theory]
    [InlineData("-NoSuchOption", "-NoSuchOption")]
    [InlineData("no-such-script.ps1", "no-such-script.ps1")]
    [InlineData("notes.txt", ".ps1")]
    public void A_wrong_command_line_gives_64_and_names_what_is_wrong(string argument, string named)
    {
        HostResult result = HostProcess.Run([argument]);

        Assert.Equal(64, result.ExitCode);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }
}
