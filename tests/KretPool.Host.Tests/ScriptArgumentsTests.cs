using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace KretPool.Host.Tests;

public sealed class ScriptArgumentsTests
{
    private const string Parameters =
        "[int[]] $ThreadCount, [Alias('l')] [string] $Label, [string[]] $Kind, [switch] $Fast, [int] $Offset";

    [Theory]
    [InlineData("-ThreadCount '1','2','4'", "-ThreadCount", "1,2,4")]
    [InlineData("-thr '1','2'", "-thr", "1,2")]
    [InlineData("-Kind 'FreeList','KretPool'", "-Kind", "FreeList, KretPool")]
    [InlineData("-Kind:'a','b'", "-Kind:a,b")]
    public void Commas_separate_the_values_of_an_array(string expected, params string[] words) => Check(expected, words);

    [Theory]
    [InlineData("-Label 'a,b'", "-Label", "a,b")]
    [InlineData("-l 'a,b'", "-l", "a,b")]
    public void Commas_in_any_other_value_stay(string expected, params string[] words) => Check(expected, words);

    [Fact]
    public void Values_without_a_name_go_to_the_parameters_that_are_left_in_order() =>
        Check("'1','2' -Label 'x' 'KretPool','FreeList'", "1,2", "-Label", "x", "KretPool,FreeList");

    [Theory]
    [InlineData("-Fast", "-Fast")]
    [InlineData("-Fast:$false", "-Fast:$false")]
    [InlineData("-Fast:$true", "-Fast:true")]
    [InlineData("-Fast '1','2'", "-Fast", "1,2")]
    public void A_switch_takes_no_value_but_after_a_colon(string expected, params string[] words) => Check(expected, words);

    [Fact]
    public void A_negative_number_is_a_value() => Check("-Offset '-4'", "-Offset", "-4");

    [Fact]
    public void After_two_dashes_everything_is_a_value() => Check("'-Fast'", "--", "-Fast");

    [Fact]
    public void Nothing_in_a_value_is_evaluated() => Check("-Label 'it''s $(1+1); exit 3'", "-Label", "it's $(1+1); exit 3");

    private static void Check(string expected, params string[] words)
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        CommandInfo command = shell
            .AddScript($"function Sweep {{ param({Parameters}) }}; Get-Command Sweep")
            .Invoke<CommandInfo>()[0];

        Assert.Equal(expected, ScriptArguments.ToSource(words, command.Parameters));
    }
}
