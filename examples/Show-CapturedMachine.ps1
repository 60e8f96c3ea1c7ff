<#
.SYNOPSIS
    Shows a machine and its results from the files that somebody sent.
.DESCRIPTION
    The other side runs

        Export-CpuTopology machine.tar.gz
        Invoke-PoolBenchmark | Export-Csv machine.csv

    and sends the two files. The archive holds no host name and no serial number; the results have the host's name in the
    column HostName. Files of JSON and CLIXML do as well.

    Shows the machine as it is drawn there, the CPUs that threads would be pinned to by each placement, and, from the results,
    the comparison of the kinds, how they scale, and the report. The border between nodes, which scaling is about, comes from
    the capture, not from this machine.

    Without -TopologyPath it reads the capture and the results of an emulated machine that lie beside this script.

    Runs under PowerShell 7.6 and under kretpool.
.PARAMETER TopologyPath
    The archive of Export-CpuTopology, or a folder with its content.
.PARAMETER ResultPath
    The results: .csv, .json, .jsonl, .xml or .clixml. Wildcards are allowed.
.PARAMETER BaselineKind
    The kind that the others are compared with.
.PARAMETER ThreadCount
    Threads to show placements for.
.PARAMETER ReportPath
    A workbook of all of it. One that exists is left alone.
.EXAMPLE
    ./Show-CapturedMachine.ps1

    An emulated machine with two packages and four nodes.
.EXAMPLE
    ./Show-CapturedMachine.ps1 -TopologyPath db7.tar.gz -ResultPath db7.csv -ReportPath db7.xlsx

    Somebody's machine.
#>
[CmdletBinding()]
param(
    [string] $TopologyPath,

    [string[]] $ResultPath = @(),

    [ValidateNotNullOrEmpty()]
    [string] $BaselineKind = 'FreeList',

    [ValidateRange(1, 4096)]
    [int] $ThreadCount = 4,

    [string] $ReportPath
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$module = [System.IO.Path]::GetFullPath("$PSScriptRoot/../KretPool.psd1")
Import-Module -Name ([System.IO.File]::Exists($module) ? $module : 'KretPool')

if (-not $TopologyPath) {
    if ($ResultPath) {
        throw '-ResultPath needs the -TopologyPath of the same machine.'
    }

    $TopologyPath = "$PSScriptRoot/data/emulated-2s4n.tar.gz"
    $ResultPath = "$PSScriptRoot/data/emulated-2s4n.jsonl"
}

if ($ReportPath -and -not $ResultPath) {
    throw '-ReportPath needs -ResultPath: a report is made of results.'
}

$topology = Get-CpuTopology -LiteralPath $TopologyPath
$topology | Out-Host

"Where $ThreadCount threads would go:" | Out-Host
foreach ($strategy in 'Compact', 'Scatter', 'OnePerCore', 'PerNode') {
    $line = try {
        $cpus = [KretPool.Placement.CpuPlacement]::Choose($topology, $strategy, $ThreadCount)
        "CPUs $($cpus -join ', ')"
    } catch {
        $_.Exception.GetBaseException().Message
    }

    [string]::Format([cultureinfo]::InvariantCulture, '  {0,-11} {1}', $strategy, $line) | Out-Host
}

if (-not $ResultPath) {
    return
}

$results = @(Import-PoolResult -Path $ResultPath)
$foreign = @($results | Where-Object { $_.TopologyDigest -and $_.TopologyDigest -ne $topology.Digest })
if ($foreign.Count -gt 0) {
    throw "$($foreign.Count) of $($results.Count) results are not of the captured machine: their topology is $($foreign[0].TopologyDigest), the capture's is $($topology.Digest)."
}

$results | Out-Host
$results | Compare-PoolResult -BaselineKind $BaselineKind | Out-Host
$results | Measure-PoolScaling -PerThreadCount -Topology $topology | Out-Host
$results | Measure-PoolScaling -Topology $topology | Out-Host

if ($ReportPath) {
    $results | Export-PoolReport -Path $ReportPath -BaselineKind $BaselineKind -Topology $topology -Title 'A captured machine'
    "The report is $ReportPath" | Out-Host
}
