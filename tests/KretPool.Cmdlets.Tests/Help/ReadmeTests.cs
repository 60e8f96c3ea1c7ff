namespace KretPool.Cmdlets.Tests.Help;

public sealed class ReadmeTests
{
    private static readonly string s_readme = File.ReadAllText(Path.Combine(ModuleSession.Root, "README.md"));

    public static TheoryData<string> Cmdlets => [.. HelpSources.Pages.Pages.Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_readme_lists_a_cmdlet_with_the_words_of_its_page(string cmdlet) =>
        Assert.Contains(
            $"| [{cmdlet}](docs/cmdlets/{cmdlet}.md) | {HelpSources.Pages.Find(cmdlet)!.Synopsis[0]} |",
            s_readme, StringComparison.Ordinal);
}
