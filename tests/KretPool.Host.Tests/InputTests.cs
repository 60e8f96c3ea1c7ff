namespace KretPool.Host.Tests;

public sealed class InputTests : IDisposable
{
    private const string Asks = """
        [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param()
        if ($PSCmdlet.ShouldProcess('the pool', 'Remove')) { 'removed' } else { 'kept' }
        """;

    private readonly ScriptFolder _scripts = new();

    public void Dispose() => _scripts.Dispose();

    [Theory]
    [InlineData("-Command", "-")]
    [InlineData("-")]
    [InlineData]
    public void A_script_is_read_from_standard_input(params string[] arguments)
    {
        HostResult result = HostProcess.Run(arguments, "function Twice($n) {\n2 * $n\n}\nTwice 4; exit 9\n");

        Assert.Equal((9, "8\n"), (result.ExitCode, result.Output));
    }

    [Fact]
    public void A_command_that_uses_its_input_gets_the_lines_of_standard_input() =>
        Assert.Equal("[a]\n[b]\n", HostProcess.RunCommand("$input | ForEach-Object { \"[$_]\" }", "a\nb\n").Output);

    [Fact]
    public void A_script_with_a_process_block_gets_the_lines_of_standard_input()
    {
        string script = _scripts.Write("lines.ps1", "param([Parameter(ValueFromPipeline)] $Line) process { \"[$Line]\" }");

        Assert.Equal("[a]\n[b]\n", HostProcess.Run([script], "a\nb\n").Output);
    }

    [Theory]
    [InlineData("y", "removed\n")]
    [InlineData("n", "kept\n")]
    public void A_question_is_answered_from_standard_input(string answer, string output) =>
        Assert.Equal(output, HostProcess.Run([_scripts.Write("asks.ps1", Asks)], answer + "\n").Output);

    [Fact]
    public void A_question_that_nobody_answers_is_an_error_that_says_how_to_avoid_it()
    {
        string script = _scripts.Write("asks.ps1", "$ErrorActionPreference = 'Stop'\n" + "& { " + Asks + " }");

        HostResult result = HostProcess.Run([script]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("-Confirm:$false", result.Error.Replace("\n     | ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("removed", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void NonInteractive_turns_a_question_into_an_error_even_if_an_answer_waits()
    {
        HostResult result = HostProcess.Run(["-NonInteractive", _scripts.Write("asks.ps1", Asks)], "y\n");

        Assert.DoesNotContain("removed", result.Output, StringComparison.Ordinal);
        Assert.Contains("-NonInteractive", result.Error, StringComparison.Ordinal);
    }
}
