namespace KretPool.Cmdlets.Tests;

/// <summary>Script text that makes results, for cmdlets that take them.</summary>
internal static class ResultScript
{
    /// <summary>Defines New-Results: one of KretPool and one of FreeList at half its rate, with ten samples each.</summary>
    public const string Make = """
        $null = Get-PoolKind
        function New-Results([int] $Threads = 2, [double] $Factor = 1, [string] $Digest = 'd1', [datetime] $Night = '2026-11-20T02:00:00Z', [guid] $Run = 'a0000000-0000-0000-0000-000000000001') {
            foreach ($kind in 'KretPool', 'FreeList') {
                $rate = $Factor * ($kind -eq 'KretPool' ? 2e8 : 1e8)
                $result = [KretPool.Results.PoolBenchmarkResult]::new()
                $result.RunId = $Run
                $result.StartedUtc = $Night.ToUniversalTime()
                $result.HostName = 'box'
                $result.Kind = $kind
                $result.Workload = 'NonBlocking'
                $result.ThreadCount = $Threads
                $result.Capacity = 64
                $result.TopologyDigest = $Digest
                $result.OpsPerSec = $rate
                $result.P50Ns = 4.25
                $result.SmtActive = $true
                $result.SamplesOpsPerSec = (-5..4).ForEach({ ($rate * (1 + 0.001 * $_)).ToString('r', [cultureinfo]::InvariantCulture) }) -join ';'
                $result
            }
        }

        """;
}
