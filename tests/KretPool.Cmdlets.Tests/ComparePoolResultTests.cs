using System.Management.Automation;

namespace KretPool.Cmdlets.Tests;

public sealed class ComparePoolResultTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    [Fact]
    public void Results_are_compared_with_a_kind_among_them()
    {
        var comparison = Assert.Single(session.Run(ResultScript.Make + "New-Results | Compare-PoolResult -BaselineKind FreeList"));

        Assert.Equal("KretPool.Results.PoolComparison", comparison.TypeNames[0]);
        Assert.Equal("Faster", comparison.Properties["Verdict"].Value.ToString());
        Assert.Equal(2.0, (double)comparison.Properties["Ratio"].Value, 0.01);
    }

    [Fact]
    public void Results_are_compared_with_other_results()
    {
        var comparison = session.Run(
            ResultScript.Make + "New-Results | Compare-PoolResult -Baseline (New-Results -Factor 1.5) | Where-Object Kind -eq KretPool");

        Assert.Equal("Slower", Assert.Single(comparison).Properties["Verdict"].Value.ToString());
    }

    [Fact]
    public void Results_that_lost_their_type_are_as_good_as_live_ones()
    {
        const string script = """
            $live = New-Results
            $dead = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($live))
            $bare = foreach ($result in $live) {
                $row = [ordered]@{}
                foreach ($property in $result.PSObject.Properties) { $row[$property.Name] = [string]$property.Value }
                [pscustomobject]$row
            }
            foreach ($results in $live, $dead, $bare) {
                $comparison = $results | Compare-PoolResult -BaselineKind FreeList
                '{0:r} {1:r} {2} {3:o}' -f $comparison.Ratio, $comparison.PValue, $comparison.RunId, $comparison.StartedUtc
            }
            """;

        var rows = session.Run(ResultScript.Make + script);

        Assert.Equal(3, rows.Count);
        Assert.Single(rows.Select(row => row.ToString()).Distinct());
    }

    [Fact]
    public void An_object_that_is_no_result_is_named_and_the_others_are_still_compared()
    {
        using var shell = session.Shell(ResultScript.Make + "1, (New-Results) | ForEach-Object { $_ } | Compare-PoolResult");

        var output = shell.Invoke();

        Assert.Equal("NotAPoolResult,KretPool.Cmdlets.ComparePoolResultCommand", Assert.Single(shell.Streams.Error).FullyQualifiedErrorId);
        Assert.Single(output);
    }

    [Fact]
    public void A_regression_ends_the_script_if_asked_to()
    {
        using var shell = session.Shell(
            ResultScript.Make + "New-Results | Compare-PoolResult -BaselineKind KretPool -FailOnRegression; 'not reached'");
        var output = new PSDataCollection<PSObject>();

        var error = Assert.ThrowsAny<RuntimeException>(() => shell.Invoke(null, output));

        Assert.Equal("PoolRegression", error.ErrorRecord.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains("FreeList, NonBlocking, 2 threads", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(output, item => item.ToString() == "not reached");
    }

    [Fact]
    public void Without_a_regression_the_script_goes_on() =>
        Assert.Equal("reached", session.Run(
            ResultScript.Make + "$null = New-Results | Compare-PoolResult -FailOnRegression; 'reached'")[0].ToString());

    [Fact]
    public void A_gate_with_nothing_to_compare_does_not_pass()
    {
        var error = session.RunForError(
            ResultScript.Make + "New-Results | Compare-PoolResult -Baseline (New-Results -Threads 4) -FailOnRegression");

        Assert.Equal("NothingCompared", error.FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public void A_gate_that_refuses_a_part_of_the_results_does_not_pass()
    {
        using var shell = session.Shell(
            ResultScript.Make + "(New-Results) + (New-Results -Threads 4 -Digest other) | Compare-PoolResult -Baseline ((New-Results) + (New-Results -Threads 4)) -FailOnRegression");

        var error = Assert.ThrowsAny<RuntimeException>(() => shell.Invoke());

        Assert.Equal("DifferentEnvironment", error.ErrorRecord.FullyQualifiedErrorId.Split(',')[0]);
    }

    [Theory]
    [InlineData("[double]::NaN")]
    [InlineData("-1")]
    [InlineData("[double]::PositiveInfinity")]
    public void A_throughput_that_cannot_be_is_no_result(string rate)
    {
        var error = session.RunForError(ResultScript.Make + $"$r = New-Results; $r[0].OpsPerSec = {rate}; $r | Compare-PoolResult | Out-Null");

        Assert.Equal("NotAPoolResult,KretPool.Cmdlets.ComparePoolResultCommand", error.FullyQualifiedErrorId);
    }

    [Fact]
    public void Results_without_a_partner_are_warned_of()
    {
        using var shell = session.Shell(ResultScript.Make + "New-Results | Compare-PoolResult -Baseline (New-Results -Threads 4)");

        shell.Invoke();

        Assert.Contains("2 results have no baseline", shell.Streams.Warning[0].Message, StringComparison.Ordinal);
        Assert.Contains("2 baselines have no result", shell.Streams.Warning[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_machine_is_refused_by_id()
    {
        var error = session.RunForError(ResultScript.Make + "New-Results | Compare-PoolResult -Baseline (New-Results -Digest other)");

        Assert.Equal("DifferentEnvironment,KretPool.Cmdlets.ComparePoolResultCommand", error.FullyQualifiedErrorId);
        Assert.Contains("-AllowDifferentEnvironment", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-BaselineKind NoPool", "CannotCompare")]
    [InlineData("-By Threads", "CannotCompare")]
    public void What_cannot_be_compared_is_an_error_by_id(string parameters, string id) =>
        Assert.Equal(
            $"{id},KretPool.Cmdlets.ComparePoolResultCommand",
            session.RunForError(ResultScript.Make + $"New-Results | Compare-PoolResult {parameters}").FullyQualifiedErrorId);
}
