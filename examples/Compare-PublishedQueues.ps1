<#
.SYNOPSIS
    Measures the queues of the published evaluation on this machine and prints its table: kinds down, threads across.
.DESCRIPTION
    Every queue that the Linux kernel's object pool was compared with, and KretPool beside them. Each thread rents an
    object and returns it, as fast as it can. The table shows millions of operations per second of all threads together
    and, beside it, how many times that is what FreeList did with as many threads in the same run.

    RingSlot and SlotArray run with equal shares, as rs and op were published.

    Runs under PowerShell 7.6 and under kretpool.
.PARAMETER ThreadCount
    Thread counts to measure. By default those of the published tables, up to the CPUs that this process may use.
.PARAMETER Capacity
    Objects in each pool. The published tables had 384.
.PARAMETER IterationTime
    How long an iteration lasts, for example 200ms.
.PARAMETER IterationCount
    Iterations of each kind and thread count; the table shows their median.
.PARAMETER PassThru
    Emits the figures as well: one object for each kind and thread count.
.EXAMPLE
    ./Compare-PublishedQueues.ps1

    A minute or two on a small machine: the table for all thread counts that it has CPUs for.
.EXAMPLE
    ./Compare-PublishedQueues.ps1 -ThreadCount 1, 2 -IterationTime 50ms -PassThru | Where-Object VsFreeList -gt 2

    A quick look, and the kinds that beat FreeList by more than twice.
#>
[CmdletBinding()]
param(
    # Text, because pwsh -File would make the number 12 of the argument 1,2.
    [string[]] $ThreadCount = @(),
    [int] $Capacity = 384,
    [string] $IterationTime = '200ms',
    [int] $IterationCount = 7,
    [switch] $PassThru
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$module = [System.IO.Path]::GetFullPath("$PSScriptRoot/../KretPool.psd1")
Import-Module -Name ([System.IO.File]::Exists($module) ? $module : 'KretPool')

$threadCounts = [int[]] @($ThreadCount -split ',')
if ($ThreadCount.Count -eq 0) {
    $cpus = [System.Environment]::ProcessorCount
    $published = 1, 2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192
    $threadCounts = @($published | Where-Object { $_ -lt $cpus }) + $cpus
}

$kinds = @(Get-PoolKind | Where-Object { $_.Family -eq 'Lineage' -or $_.Family -eq 'Flagship' })
$conditions = @{
    ThreadCount    = $threadCounts
    Workload       = 'NonBlocking'
    Capacity       = $Capacity
    IterationTime  = $IterationTime
    IterationCount = $IterationCount
}
$results = @($kinds | Invoke-PoolBenchmark @conditions)

$opsPerSec = @{}
foreach ($result in $results) {
    $opsPerSec["$($result.Kind)/$($result.ThreadCount)"] = $result.OpsPerSec
}

$rows = foreach ($kind in $kinds) {
    foreach ($threads in $threadCounts) {
        $ops = $opsPerSec["$($kind.Name)/$threads"]
        $freeList = $opsPerSec["FreeList/$threads"]
        [pscustomobject] @{
            Kind        = $kind.Name
            PublishedAs = $kind.PublishedAs
            ThreadCount = $threads
            OpsPerSec   = $ops
            VsFreeList  = if ($ops -and $freeList) { $ops / $freeList }
        }
    }
}

# The fastest with all threads first. A kind that could not be measured comes last.
$most = $threadCounts[-1]
$order = [System.Linq.Enumerable]::OrderByDescending(
    [object[]] $kinds, [Func[object, double]] { param($kind) [double] $opsPerSec["$($kind.Name)/$most"] })

$invariant = [cultureinfo]::InvariantCulture
$titles = $threadCounts | ForEach-Object { [string]::Format($invariant, '{0,16}', $_) }
$table = @([string]::Format($invariant, '{0,-30}{1}', 'Kind (published as)', [string]::Concat($titles)))
$table += foreach ($kind in $order) {
    $name = if ($kind.PublishedAs) { "$($kind.Name) ($($kind.PublishedAs))" } else { $kind.Name }
    $cells = $rows | Where-Object { $_.Kind -eq $kind.Name } | ForEach-Object {
        if ($_.OpsPerSec) {
            [string]::Format($invariant, '{0,9:F1} {1,6}', $_.OpsPerSec / 1e6, [string]::Format($invariant, 'x{0:F1}', $_.VsFreeList))
        } else {
            '               -'
        }
    }
    [string]::Format($invariant, '{0,-30}{1}', $name, [string]::Concat($cells))
}

"Millions of operations per second by number of threads, and how many times FreeList that is." | Out-Host
"" | Out-Host
$table | Out-Host

if ($PassThru) {
    $rows
}
