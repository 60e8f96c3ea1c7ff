using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace KretPool.Host.Tests;

public class ConsoleUserInterfaceTests
{
    [Fact]
    public void Only_errors_go_to_standard_error()
    {
        var terminal = new FakeTerminal { AllowsColour = false };
        ConsoleUserInterface ui = Interface(terminal);

        ui.WriteWarningLine("careful");
        ui.WriteErrorLine("broken");

        Assert.Equal("WARNING: careful" + Environment.NewLine, terminal.Output.ToString());
        Assert.Equal("broken" + Environment.NewLine, terminal.Error.ToString());
    }

    [Fact]
    public void Each_stream_shows_colours_by_itself()
    {
        var terminal = new FakeTerminal { OutputIsTerminal = false };
        ConsoleUserInterface ui = Interface(terminal);

        ui.WriteWarningLine("careful");
        ui.WriteErrorLine("broken");

        Assert.DoesNotContain("\e", terminal.Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\e[31;1mbroken", terminal.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_goes_before_anything_else_is_written()
    {
        var terminal = new FakeTerminal();
        ConsoleUserInterface ui = Interface(terminal);

        ui.WriteProgress(1, new ProgressRecord(1, "Sweep", "trial 1"));
        ui.WriteLine("a row");

        Assert.Equal("Sweep: trial 1\r\e[J", terminal.Error.ToString());
    }

    [Fact]
    public void There_is_no_progress_where_standard_error_is_no_terminal()
    {
        var terminal = new FakeTerminal { ErrorIsTerminal = false };

        Interface(terminal).WriteProgress(1, new ProgressRecord(1, "Sweep", "trial 1"));

        Assert.Empty(terminal.Output.ToString() + terminal.Error);
    }

    [Fact]
    public void A_choice_is_made_by_its_key_its_name_or_Enter_for_the_default()
    {
        Assert.Equal(1, Choose("n"));
        Assert.Equal(1, Choose("no"));
        Assert.Equal(0, Choose(""));
    }

    [Fact]
    public void An_answer_that_is_no_choice_is_asked_for_again_and_a_question_mark_explains() =>
        Assert.Equal(1, Choose("maybe", "?", "n"));

    [Fact]
    public void A_question_goes_to_standard_error_when_output_is_redirected()
    {
        var terminal = new FakeTerminal { InputIsTerminal = false, OutputIsTerminal = false, AllowsColour = false };
        terminal.Lines.Enqueue("y");

        Choose(terminal);

        Assert.Empty(terminal.Output.ToString());
        Assert.Contains("[Y] Yes  [N] No  [?] Help (default is \"Y\")", terminal.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_C_at_a_question_stops_the_pipeline_and_is_told()
    {
        FakeTerminal terminal = new FakeTerminal().Press(ConsoleKey.C, control: true);
        ConsoleUserInterface ui = Interface(terminal);
        bool interrupted = false;
        ui.Interrupted = () => interrupted = true;

        Assert.Throws<PipelineStoppedException>(ui.ReadLine);
        Assert.True(interrupted);
    }

    private static int Choose(params string[] answers)
    {
        var terminal = new FakeTerminal { InputIsTerminal = false };
        foreach (string answer in answers)
        {
            terminal.Lines.Enqueue(answer);
        }

        return Choose(terminal);
    }

    private static int Choose(FakeTerminal terminal) => Interface(terminal).PromptForChoice(
        "Confirm",
        "Sure?",
        new Collection<ChoiceDescription> { new("&Yes", "Do it."), new("&No", "Do not.") },
        defaultChoice: 0);

    private static ConsoleUserInterface Interface(ITerminal terminal) =>
        new(terminal, interactive: true, TimeProvider.System);
}
