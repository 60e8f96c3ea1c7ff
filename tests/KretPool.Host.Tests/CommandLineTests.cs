namespace KretPool.Host.Tests;

public class CommandLineTests
{
    [Fact]
    public void A_word_that_is_no_option_is_the_script_and_the_rest_is_its_own()
    {
        CommandLine line = CommandLine.Parse(["-NonInteractive", "sweep.ps1", "-Command", "x"]);

        Assert.Equal((HostAction.RunFile, "sweep.ps1", true), (line.Action, line.Target, line.NonInteractive));
        Assert.Equal(["-Command", "x"], line.ScriptArguments);
    }

    [Theory]
    [InlineData("-Command")]
    [InlineData("-c")]
    [InlineData("--command")]
    [InlineData("-COMMAND")]
    public void The_words_after_Command_are_the_command(string option) =>
        Assert.Equal("1 + 1", CommandLine.Parse([option, "1", "+", "1"]).Target);

    [Fact]
    public void A_command_line_written_for_pwsh_is_taken()
    {
        CommandLine line = CommandLine.Parse(["-NoProfile", "-NonInteractive", "-File", "nightly.ps1", "-Database", "x.db"]);

        Assert.Equal((HostAction.RunFile, "nightly.ps1"), (line.Action, line.Target));
        Assert.Equal(["-Database", "x.db"], line.ScriptArguments);
    }

    [Theory]
    [InlineData("-Command")]
    [InlineData("-File")]
    [InlineData("-NoSuchOption")]
    [InlineData("-", "more")]
    [InlineData("-Command", "-", "more")]
    public void A_line_that_makes_no_sense_is_refused_and_the_option_named(params string[] args) =>
        Assert.Contains(args[0], Assert.Throws<UsageException>(() => CommandLine.Parse(args)).Message, StringComparison.Ordinal);
}
