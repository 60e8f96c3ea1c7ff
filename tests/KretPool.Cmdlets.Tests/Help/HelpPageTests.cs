using KretPool.HelpBuilder;

namespace KretPool.Cmdlets.Tests.Help;

public sealed class HelpPageTests
{
    private const string Page =
        """
        # Get-Thing

        ## SYNOPSIS

        Gets a `thing`.

        ## DESCRIPTION

        First paragraph,
        on two lines.

        - one
        - two, see [the site](https://example.org/things)

        ## EXAMPLES

        <!-- setup
        $before = 1
        -->

        ### Example 1: Get it

        Words before.

        ```powershell
        Get-Thing -Size 3 |
            ForEach-Object { $_ }
        ```

        ```output
        Name  Size
        ----  ----
        it       3
        ```

        Words after.

        ## PARAMETERS

        ### -Size

        How big. Compare `Get-Other -Weight`.

        ## INPUTS

        ### None

        Nothing.

        ## OUTPUTS

        ### System.String

        The thing.

        ## RELATED LINKS

        - [Get-Other](Get-Other.md)
        - [Things](https://example.org)
        """;

    [Fact]
    public void Paragraphs_are_plain_text_on_one_line_each() =>
        Assert.Equal(
            ["First paragraph, on two lines.", "- one\n- two, see the site (https://example.org/things)"],
            Read(Page).Description);

    [Fact]
    public void An_example_holds_its_code_and_output_as_they_were_typed_and_shown()
    {
        var example = Assert.Single(Read(Page).Examples);

        Assert.Equal("Example 1: Get it", example.Title);
        Assert.Equal(["Words before."], example.Introduction);
        Assert.Equal("$before = 1", example.Setup);
        Assert.Equal("Get-Thing -Size 3 |\n    ForEach-Object { $_ }", example.Code);
        Assert.Equal("Name  Size\n----  ----\nit       3", example.Output);
        Assert.Equal(["Words after."], example.Remarks);
    }

    [Fact]
    public void Parameters_that_a_text_names_are_noted_with_their_cmdlet() =>
        Assert.Equal([new ParameterMention("Get-Other", "Weight", 42)], Read(Page).Mentions);

    [Fact]
    public void Links_keep_what_they_show_and_where_they_lead() =>
        Assert.Equal(
            [("Get-Other", "Get-Other.md"), ("Things", "https://example.org")],
            Read(Page).Links.Select(link => (link.Text, link.Target)));

    [Theory]
    [InlineData("## OUTPUTS", "## OUTPUT", "no section is called 'OUTPUT'")]
    [InlineData("# Get-Thing", "# Get-Think", "the page needs one title, '# Get-Thing'")]
    [InlineData("First paragraph,", "| a | b |\n| - | - |\n| 1 | 2 |\n\nFirst,", "not a Table")]
    [InlineData("```output", "```text", "one ```powershell block and at most one ```output block")]
    [InlineData("Words before.", "```powershell\nGet-Thing\n```", "one ```powershell block and at most one ```output block")]
    [InlineData("- [Things]", "- More at [Things]", "only links belong here")]
    [InlineData("### -Size", "Sizes.\n\n### -Size", "needs a heading of the third level")]
    [InlineData("<!-- setup", "<!-- before", "only a comment <!-- setup ... -->")]
    public void What_help_cannot_show_is_a_problem_with_its_line(string from, string to, string message)
    {
        var problems = new List<HelpProblem>();

        HelpPageReader.Read("docs/Get-Thing.md", Page.Replace(from, to, StringComparison.Ordinal), problems);

        Assert.Contains(problems, problem => problem.Line > 0 && problem.Message.Contains(message, StringComparison.Ordinal));
    }

    private static HelpPage Read(string text)
    {
        var problems = new List<HelpProblem>();
        var page = HelpPageReader.Read("docs/Get-Thing.md", text, problems);
        Assert.Empty(problems);
        return page;
    }
}
