using System.Management.Automation;

namespace KretPool.Cmdlets.Tests;

public sealed class GetPoolKindTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    [Fact]
    public void Without_a_name_all_kinds_are_listed_with_the_peers_that_need_a_package()
    {
        string[] names = [.. session.Run("Get-PoolKind | ForEach-Object { $_.Name }").Select(name => name.ToString())];

        Assert.Contains("ConcurrentBag", names);
        Assert.Contains("DefaultObjectPool", names);
    }

    [Fact]
    public void A_wildcard_selects_kinds() =>
        Assert.Equal("ConcurrentBag", Assert.Single(session.Run("(Get-PoolKind concurrentb*).Name")).ToString());

    [Theory]
    [InlineData("ConcurentBag", "ConcurrentBag")]
    [InlineData("fl", "FreeList")]
    public void An_unknown_name_is_an_error_that_names_the_nearest_kind_or_the_one_published_as_that(string name, string nearest)
    {
        var error = session.RunForError($"Get-PoolKind {name}");

        Assert.Equal("UnknownPoolKind,KretPool.Cmdlets.GetPoolKindCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Contains($"Did you mean '{nearest}'?", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_complete_with_their_descriptions()
    {
        const string line = "Get-PoolKind -Name Concurrent";
        using var shell = PowerShell.Create(session.Runspace);

        var completions = CommandCompletion.CompleteInput(line, line.Length, null, shell).CompletionMatches;

        Assert.Contains(completions, match => match.CompletionText == "ConcurrentBag" && match.ToolTip.Contains("thread"));
    }
}
