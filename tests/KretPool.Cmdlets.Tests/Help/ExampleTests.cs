using System.Management.Automation.Language;
using KretPool.HelpBuilder;

namespace KretPool.Cmdlets.Tests.Help;

/// <summary>Runs the examples of the pages as they stand there, each in an empty folder.</summary>
/// <remarks>
/// What an example needs to find there is made by the page's <c>setup</c> comments. Measurements are kept short by default
/// values for the parameters that an example does not give itself. All pools of the process are listed and closed by the
/// examples, so no other test may run meanwhile.
/// </remarks>
[Collection(nameof(ExampleTests))]
[CollectionDefinition(nameof(ExampleTests), DisableParallelization = true)]
public sealed class ExampleTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    private const string ShortMeasurements =
        """
        $PSDefaultParameterValues = @{
            'Invoke-PoolBenchmark:IterationTime'  = [timespan]::FromMilliseconds(5)
            'Invoke-PoolBenchmark:WarmupTime'     = [timespan]::FromMilliseconds(2)
            'Invoke-PoolBenchmark:IterationCount' = 3
        }
        $WarningPreference = 'SilentlyContinue'
        """;

    private const string CloseWhatIsLeftOpen = "Get-ObjectPool | Remove-ObjectPool";

    /// <summary>Commands that only pwsh has. The examples with them run in its tests, with all the others.</summary>
    private static readonly string[] s_onlyInPwsh =
    [
        "Export-Clixml", "Export-Csv", "Export-Excel", "Format-List", "Format-Table", "Get-ChildItem", "Get-Date",
        "Group-Object", "Import-Clixml", "Import-Csv", "New-ExcelChartDefinition", "Select-Object", "Set-Content",
        "Sort-Object",
    ];

    public static TheoryData<string, int> Examples
    {
        get
        {
            var examples = new TheoryData<string, int>();
            foreach (var page in HelpSources.Pages.Pages)
            {
                for (int i = 0; i < page.Examples.Count; i++)
                {
                    if (!CommandsOf(page.Examples[i]).Intersect(s_onlyInPwsh, StringComparer.OrdinalIgnoreCase).Any())
                    {
                        examples.Add(page.Name, i + 1);
                    }
                }
            }

            return examples;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_runs_without_an_error(string cmdlet, int number)
    {
        var example = HelpSources.Pages.Find(cmdlet)!.Examples[number - 1];
        var folder = Directory.CreateTempSubdirectory("kretpool-example-");
        try
        {
            GoTo(folder.FullName);
            session.Run($"& {{ {ShortMeasurements}\n{example.Setup}\n{example.Code}\n}}");
        }
        finally
        {
            session.Run(CloseWhatIsLeftOpen);
            GoTo(ModuleSession.Root);
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_cmdlet_has_an_example_that_runs_here() =>
        Assert.Equal(
            HelpSources.Pages.Pages.Select(page => page.Name).Order(),
            Examples.Select(example => example.Data.Item1).Distinct().Order());

    private void GoTo(string folder) => session.Run("$ExecutionContext.SessionState.Path.SetLocation($args[0])", folder);

    private static IEnumerable<string> CommandsOf(HelpExample example) =>
        Parser.ParseInput(example.Setup + "\n" + example.Code, out _, out _)
            .FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true)
            .Select(ast => ((CommandAst)ast).GetCommandName())
            .Where(name => name is not null);
}
