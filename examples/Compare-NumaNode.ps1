<#
.SYNOPSIS
    Measures pools on every NUMA node, with memory of every node, and on more and more nodes together.
.DESCRIPTION
    Two sweeps. The first puts threads on one node and the objects on one node, for all pairs: what remote memory costs. The
    second measures on node 0 alone, then on nodes 0-1, and so on, with a thread for each CPU: what crossing nodes costs.

    The first table has a row for each node with CPUs and a column for each node with memory: millions of operations per
    second, and how many times that is what the node did with its own memory, or with node 0's if it has none. The distance
    is the firmware's: 10 is local, 20 is said to be twice as far.

    On a machine with one node there is one pair; the script says so.

    Runs under PowerShell 7.6 and under kretpool.
.PARAMETER Kind
    Kinds of pool; wildcards are allowed.
.PARAMETER ThreadCount
    Threads of the first sweep. By default half the CPUs of the smallest node, at least 1.
.PARAMETER ObjectSize
    Bytes of an object. Larger ones make the memory matter more than the pool.
.PARAMETER IterationTime
    How long an iteration lasts, for example 100ms.
.PARAMETER PassThru
    Emits the results as well, for Save-PoolResult or Export-PoolReport.
.EXAMPLE
    ./Compare-NumaNode.ps1

    The default: KretPool and FreeList on all nodes.
.EXAMPLE
    ./Compare-NumaNode.ps1 -Kind KretPool -PassThru | Export-PoolReport numa.xlsx

    The results in a workbook as well.
#>
[CmdletBinding()]
param(
    [ValidateNotNullOrEmpty()]
    [string[]] $Kind = @('KretPool', 'FreeList'),

    [ValidateRange(0, 4096)]
    [int] $ThreadCount = 0,

    [ValidateRange(1, 65536)]
    [int] $ObjectSize = 256,

    [ValidateNotNullOrEmpty()]
    [string] $IterationTime = '100ms',

    [switch] $PassThru
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$module = [System.IO.Path]::GetFullPath("$PSScriptRoot/../KretPool.psd1")
Import-Module -Name ([System.IO.File]::Exists($module) ? $module : 'KretPool')

function Format-Number([string] $Format, [object[]] $Value) {
    [string]::Format([cultureinfo]::InvariantCulture, $Format, $Value)
}

$topology = Get-CpuTopology
$usable = @($topology.Cpus | Where-Object State -EQ 'Usable')
$cpuNodes = @($topology.Nodes | Where-Object { $node = $_.Id; @($usable | Where-Object NodeId -EQ $node).Count -gt 0 })
$memoryNodes = @($topology.Nodes | Where-Object { $_.MemoryTotalBytes -ne 0 })
if ($cpuNodes.Count -eq 0 -or $memoryNodes.Count -eq 0) {
    throw 'This system tells of no NUMA nodes. On Linux they are in /sys/devices/system/node.'
}

if ($topology.Nodes.Count -eq 1) {
    'This machine has one NUMA node: there is nothing remote to compare with.' | Out-Host
}

if ($ThreadCount -eq 0) {
    $smallest = [int]::MaxValue
    foreach ($node in $cpuNodes) {
        $smallest = [Math]::Min($smallest, @($usable | Where-Object NodeId -EQ $node.Id).Count)
    }

    $ThreadCount = [Math]::Max(1, [Math]::Floor($smallest / 2))
}

$policies = [string[]] @($memoryNodes | ForEach-Object { "Node $($_.Id)" })
$pairs = @(Invoke-PoolBenchmark -Kind $Kind -ThreadCount $ThreadCount -NumaNode ([string[]] $cpuNodes.Id) -MemoryPolicy $policies -ObjectSize $ObjectSize -IterationTime $IterationTime)

$kinds = [string[]] @($pairs | ForEach-Object Kind)
foreach ($name in [System.Linq.Enumerable]::Distinct($kinds)) {
    '' | Out-Host
    Format-Number '{0}, threads: {1}, objects of {2} bytes: M ops/s, times own memory, (distance)' $name, $ThreadCount, $ObjectSize | Out-Host
    $line = 'CPUs of'
    foreach ($memory in $memoryNodes) {
        $line += Format-Number '{0,26}' "memory of node $($memory.Id)"
    }

    $line | Out-Host
    foreach ($node in $cpuNodes) {
        $row = @($pairs | Where-Object { $_.Kind -eq $name -and $_.Nodes -eq "$($node.Id)" })
        $own = $row | Where-Object MemoryPolicy -EQ "Node $($node.Id)"
        $reference = $own ? $own : $row[0]
        $line = Format-Number '{0,-7}' "node $($node.Id)"
        foreach ($memory in $memoryNodes) {
            $result = $row | Where-Object MemoryPolicy -EQ "Node $($memory.Id)"
            $line += if ($result) {
                Format-Number '{0,14:N2} x{1,4:F2} {2,5}' ($result.OpsPerSec / 1e6), ($result.OpsPerSec / $reference.OpsPerSec), "($($node.Distances[$memory.Id]))"
            } else {
                Format-Number '{0,26}' '-'
            }
        }

        $line | Out-Host
    }
}

# Node 0, nodes 0 and 1, ...: a thread for each CPU of them.
$growing = for ($count = 1; $count -le $cpuNodes.Count; $count++) {
    $ids = @($cpuNodes.Id)[0..($count - 1)]
    $threads = @($usable | Where-Object { $_.NodeId -in $ids }).Count
    Invoke-PoolBenchmark -Kind $Kind -ThreadCount $threads -NumaNode ($ids -join ',') -MemoryPolicy Local -ObjectSize $ObjectSize -IterationTime $IterationTime
}

$growing = @($growing)
'' | Out-Host
'More and more nodes, a thread for each of their CPUs, each thread''s objects on its own node' | Out-Host
$growing | Out-Host

if ($PassThru) {
    $pairs + $growing
}
