using KretPool.HelpBuilder;

namespace KretPool.Cmdlets.Tests.Help;

public sealed class HelpCheckTests
{
    private static readonly ParameterFacts s_size = new("Size", typeof(string[]), [], false, null, []);

    private static readonly CmdletFacts s_facts = new(
        "Get-Thing",
        [new ParameterSetFacts("Default", [new ParameterUse(s_size, false, 0, PipelineInput.ByValue)])],
        new Dictionary<string, ParameterFacts> { ["Size"] = s_size },
        [typeof(int)]);

    private static readonly HelpPage s_page = new(
        "Get-Thing.md",
        "Get-Thing",
        ["Gets it."],
        ["Gets it, at length."],
        [new HelpExample("Example 1: Get it", [], "", "Get-Thing", "", [], 9)],
        [new HelpEntry("-Size", ["How big."], 12)],
        [new HelpEntry("System.String", ["A size."], 20)],
        [new HelpEntry("System.Int32", ["The thing."], 24)],
        [],
        [],
        []);

    [Fact]
    public void A_page_that_tells_everything_has_no_problem() => Assert.Empty(ProblemsOf(s_page));

    [Fact]
    public void A_cmdlet_without_a_page_is_a_problem() =>
        Assert.Contains("Get-Thing has no page", Assert.Single(ProblemsOf()).Message, StringComparison.Ordinal);

    [Fact]
    public void A_page_without_a_cmdlet_is_a_problem() =>
        Assert.Contains(
            ProblemsOf(s_page, s_page with { Name = "Get-Nothing" }),
            problem => problem.Message.Contains("no cmdlet Get-Nothing", StringComparison.Ordinal));

    [Fact]
    public void A_parameter_without_a_text_is_a_problem() =>
        AssertProblem(s_page with { Parameters = [] }, "parameter -Size of Get-Thing has no text");

    [Fact]
    public void A_text_about_a_parameter_that_is_not_there_is_a_problem() =>
        AssertProblem(
            s_page with { Parameters = [.. s_page.Parameters, new HelpEntry("-Colour", ["Which."], 14)] },
            "no parameter '-Colour'");

    [Fact]
    public void Two_texts_about_one_parameter_are_a_problem() =>
        AssertProblem(s_page with { Parameters = [.. s_page.Parameters, .. s_page.Parameters] }, "'-Size' has 2 texts");

    [Fact]
    public void An_empty_text_is_a_problem() =>
        AssertProblem(s_page with { Parameters = [new HelpEntry("-Size", [], 12)] }, "'-Size' has no text");

    [Fact]
    public void Naming_a_parameter_that_is_not_there_is_a_problem() =>
        AssertProblem(s_page with { Mentions = [new ParameterMention(null, "Depth", 8)] }, "no parameter -Depth");

    [Fact]
    public void An_output_type_without_a_text_is_a_problem() =>
        AssertProblem(s_page with { Outputs = [] }, "OUTPUTS has no text about System.Int32");

    [Fact]
    public void A_text_about_input_that_is_not_taken_is_a_problem() =>
        AssertProblem(
            s_page with { Inputs = [.. s_page.Inputs, new HelpEntry("System.Int64", ["A size."], 22)] },
            "INPUTS names 'System.Int64'");

    [Fact]
    public void A_synopsis_of_two_paragraphs_is_a_problem() =>
        AssertProblem(s_page with { Synopsis = ["Gets it.", "Or not."] }, "the synopsis is one sentence");

    [Fact]
    public void A_page_without_an_example_is_a_problem() =>
        AssertProblem(s_page with { Examples = [] }, "there is no example");

    [Fact]
    public void Examples_are_numbered_in_their_order() =>
        AssertProblem(
            s_page with { Examples = [s_page.Examples[0] with { Title = "Example 2: Get it" }] },
            "starts with 'Example 1: '");

    [Fact]
    public void A_link_that_leads_nowhere_is_a_problem() =>
        AssertProblem(s_page with { Links = [new HelpLink("Gone", "Get-Gone.md", 30)] }, "'Get-Gone.md' leads nowhere");

    private static void AssertProblem(HelpPage page, string message) =>
        Assert.Contains(message, Assert.Single(ProblemsOf(page)).Message, StringComparison.Ordinal);

    private static IReadOnlyList<HelpProblem> ProblemsOf(params HelpPage[] pages) =>
        [.. HelpCheck.FindProblems(new HelpPages(Path.GetTempPath(), pages, []), [s_facts])];
}
