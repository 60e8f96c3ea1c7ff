<#
.SYNOPSIS
    Measures this machine's pools in under a minute and writes a workbook with charts.
.DESCRIPTION
    Runs each kind of pool with each number of threads, shows the results and the comparison with FreeList (or with the
    first kind, where FreeList is not among them), and writes both, with the topology and charts, to a workbook.
    Runs under kretpool and under pwsh.
.PARAMETER OutputPath
    The workbook. It is opened before the sweep starts, so a path that cannot be written fails at once.
.PARAMETER ThreadCount
    Numbers of threads. By default 1, 2, 4, ... up to the CPUs that this process may use.
.PARAMETER Kind
    Kinds of pool; wildcards are allowed. Get-PoolKind lists them.
.PARAMETER IterationTime
    How long each of the iterations of a trial lasts, for example 50ms.
.PARAMETER Force
    Replaces a workbook that exists.
.EXAMPLE
    kretpool examples/Start-QuickSweep.ps1 -OutputPath sweep.xlsx -ThreadCount 1,2 -Kind KretPool,FreeList
#>
[CmdletBinding()]
param(
    [string] $OutputPath = 'kretpool-sweep.xlsx',
    # Text, because pwsh -File would make the number 12 of the argument 1,2.
    [string[]] $ThreadCount,
    [string[]] $Kind = @('KretPool', 'FreeList', 'KernelObjPool', 'ConcurrentBag', 'DefaultObjectPool'),
    [string] $IterationTime = '200ms',
    [switch] $Force
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$module = [System.IO.Path]::GetFullPath("$PSScriptRoot/../KretPool.psd1")
Import-Module -Name ([System.IO.File]::Exists($module) ? $module : 'KretPool')

$topology = Get-CpuTopology
$topology | Out-Host

if (-not $PSBoundParameters.ContainsKey('ThreadCount')) {
    $usable = @($topology.Cpus | Where-Object State -EQ 'Usable').Count
    $ThreadCount = @(for ($threads = 1; $threads -lt $usable; $threads *= 2) { $threads }) + $usable
}

$sweep = @{
    Kind          = @($Kind -split ',')
    ThreadCount   = [int[]] ($ThreadCount -split ',')
    IterationTime = $IterationTime
}

# The published evaluation compares with FreeList; without it, the first kind that was asked for takes its place.
$kinds = @(foreach ($name in $sweep.Kind) { Get-PoolKind -Name $name | ForEach-Object Name })
$baseline = if ($kinds -contains 'FreeList') { 'FreeList' } else { $kinds[0] }
$comparison = if ($kinds -ne $baseline) { @{ BaselineKind = $baseline } } else { @{} }

# Export-PoolReport opens its file before the first trial starts, so a path that cannot be written fails at once.
$report = Invoke-PoolBenchmark @sweep -OutVariable results |
    Export-PoolReport -Path $OutputPath @comparison -Force:$Force -PassThru

# Each to the host by itself: in one stream PowerShell gives all of it the columns of the first.
$results | Out-Host
if ($comparison.Count) {
    $results | Compare-PoolResult @comparison | Out-Host
}

"The workbook is $($report.FullName)"
