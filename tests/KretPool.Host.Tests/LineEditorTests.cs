namespace KretPool.Host.Tests;

public class LineEditorTests
{
    [Fact]
    public void What_is_typed_is_the_line() =>
        Assert.Equal("Get-PoolKind", Read(new FakeTerminal().Type("Get-PoolKind")));

    [Fact]
    public void Keys_move_insert_and_delete() =>
        Assert.Equal(
            "xbyd",
            Read(new FakeTerminal().Type("abcd")
                .Press(ConsoleKey.Home).Press(ConsoleKey.Delete).Type("x")
                .Press(ConsoleKey.End).Press(ConsoleKey.LeftArrow).Press(ConsoleKey.Backspace).Type("y")));

    [Fact]
    public void Ctrl_W_takes_back_a_word_and_Ctrl_U_all_before_the_cursor()
    {
        Assert.Equal("one ", Read(new FakeTerminal().Type("one two ").Press(ConsoleKey.W, control: true)));
        Assert.Equal("", Read(new FakeTerminal().Type("one two").Press(ConsoleKey.U, control: true)));
    }

    [Fact]
    public void Up_and_Down_go_through_the_lines_before()
    {
        string[] history = ["first", "second"];

        Assert.Equal("first", Read(new FakeTerminal().Press(ConsoleKey.UpArrow).Press(ConsoleKey.UpArrow), history));
        Assert.Equal(
            "second",
            Read(
                new FakeTerminal().Press(ConsoleKey.UpArrow).Press(ConsoleKey.UpArrow).Press(ConsoleKey.DownArrow),
                history));
    }

    [Fact]
    public void Tab_goes_through_the_completions_and_keeps_what_follows()
    {
        FakeTerminal terminal = new FakeTerminal().Type("Get-P x")
            .Press(ConsoleKey.LeftArrow).Press(ConsoleKey.LeftArrow)
            .Press(ConsoleKey.Tab).Press(ConsoleKey.Tab).Press(ConsoleKey.Tab).Press(ConsoleKey.Tab, shift: true);

        Assert.Equal(
            "Get-PoolResult x",
            Read(terminal, complete: (_, position) => new Completions(0, position, ["Get-PoolKind", "Get-PoolResult"])));
    }

    [Fact]
    public void Ctrl_D_on_an_empty_line_is_the_end_of_the_input() =>
        Assert.Null(Read(new FakeTerminal().Press(ConsoleKey.D, control: true)));

    [Fact]
    public void Ctrl_C_cancels() =>
        Assert.Throws<OperationCanceledException>(
            () => Read(new FakeTerminal().Type("abc").Press(ConsoleKey.C, control: true)));

    [Fact]
    public void The_cursor_goes_up_to_the_row_that_a_long_line_began_on()
    {
        var terminal = new FakeTerminal { Width = 10 };
        terminal.Type("123456789012345").Press(ConsoleKey.Home);

        Read(terminal);

        Assert.Contains("\e[1A\r\e[2C", terminal.Output.ToString(), StringComparison.Ordinal);
    }

    private static string? Read(
        FakeTerminal terminal, IReadOnlyList<string>? history = null, Func<string, int, Completions?>? complete = null) =>
        new LineEditor(terminal.Press(ConsoleKey.Enter), terminal.WriteOutput, history ?? [], complete).Read("> ");
}
