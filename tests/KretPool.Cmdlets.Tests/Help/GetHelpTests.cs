namespace KretPool.Cmdlets.Tests.Help;

public sealed class GetHelpTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    public static TheoryData<string> Cmdlets => [.. HelpSources.Pages.Pages.Select(page => page.Name)];

    public static TheoryData<string> Topics => ["about_KretPool", "about_KretPool_Kinds", "about_KretPool_Method"];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Get_Help_shows_the_words_of_the_page(string cmdlet)
    {
        var page = HelpSources.Pages.Find(cmdlet)!;

        var help = Assert.Single(session.Run($"Get-Help {cmdlet} -Full"));

        Assert.Equal(page.Synopsis[0], help.Properties["Synopsis"].Value);
        Assert.Equal(page.Examples.Count, Count("Get-Help {0} -Full | ForEach-Object {{ $_.examples.example }}", cmdlet));
        Assert.Equal(
            page.Parameters.Select(parameter => parameter.Title[1..]).Order(),
            session.Run($"(Get-Help {cmdlet} -Parameter *).name").Select(name => name.ToString())
                .Except(["WhatIf", "Confirm"]).Order());
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Get_Help_shows_as_many_ways_to_call_a_cmdlet_as_it_has(string cmdlet) =>
        Assert.Equal(
            session.Run($"(Get-Command {cmdlet}).ParameterSets.Count")[0].BaseObject,
            Count("(Get-Help {0} -Full).syntax.syntaxItem", cmdlet));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Get_Help_names_what_to_read_next(string cmdlet) =>
        Assert.NotEqual(0, Count("(Get-Help {0} -Full).relatedLinks.navigationLink.linkText", cmdlet));

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_is_found_by_its_name(string topic)
    {
        string text = Assert.Single(session.Run($"Get-Help {topic}")).ToString();

        Assert.Contains("SHORT DESCRIPTION", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
    }

    private int Count(string script, string cmdlet) =>
        session.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, cmdlet)).Count;
}
