namespace KretPool.Cmdlets.Tests;

/// <summary>Results that have been through remoting, which serialises as Export-Clixml does, are as good as live ones.</summary>
public sealed class RemotedResultTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    private const string Nights = """
        $live = foreach ($night in 1..10) {
            foreach ($threads in 1, 2, 4, 8) {
                New-Results -Threads $threads -Factor ($night -gt 6 ? 0.5 : 1) -Night ([datetime] '2026-11-01T02:00:00Z').AddDays($night) -Run ([guid]::new($night, 0, 0, [byte[]]::new(8)))
            }
        }
        $remoted = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($live))
        if ($remoted[0] -is [KretPool.Results.PoolBenchmarkResult]) { throw 'These are live.' }

        # Invoke-Command says where each came from.
        foreach ($result in $remoted) {
            $result.PSObject.Properties.Add([psnoteproperty]::new('PSComputerName', 'box'))
            $result.PSObject.Properties.Add([psnoteproperty]::new('RunspaceId', [guid]::NewGuid()))
        }

        """;

    [Theory]
    [InlineData("$input | Compare-PoolResult -BaselineKind FreeList")]
    [InlineData("Compare-PoolResult -BaselineKind FreeList -InputObject @($input)")]
    [InlineData("$rows = @($input); $rows | Compare-PoolResult -Baseline $rows[0..7]")]
    [InlineData("$rows = @($input); $live | Compare-PoolResult -Baseline $rows[0..7]")]
    [InlineData("$input | Compare-PoolResult -BaselineKind FreeList -By ThreadCount, RunId")]
    [InlineData("$input | Measure-PoolScaling -PredictThreadCount 16")]
    [InlineData("$input | Measure-PoolScaling -PerThreadCount")]
    [InlineData("$input | Find-PoolRegression")]
    [InlineData("$file = [System.IO.Path]::GetTempFileName(); try { $input | Save-PoolResult $file; Get-PoolResult $file } finally { [System.IO.File]::Delete($file) }")]
    public void A_cmdlet_gives_for_them_what_it_gives_for_live_ones(string script)
    {
        var outputs = session.Run(ResultScript.Make + Nights + $$"""
            $body = { {{script}} }
            foreach ($rows in $live, $remoted) {
                [System.Management.Automation.PSSerializer]::Serialize(@($rows | & $body))
            }
            """);

        Assert.Contains("<Obj", outputs[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("Kind", outputs[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(outputs[0].ToString(), outputs[1].ToString());
    }
}
