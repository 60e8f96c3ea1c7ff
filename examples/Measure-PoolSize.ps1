<#
.SYNOPSIS
    Finds out how many objects a pool needs, and shows what happens with fewer and with more.
.DESCRIPTION
    Tell how many threads use the pool at once and how long each holds an object. Two answers come back. The measured one is
    the smallest capacity with which threads that rent in a loop stayed under -MaxMissRate: they can never hold more objects
    than there are threads. Erlang's is for rents that come at random, as requests of users do: so many are needed that a
    rent finds one with that probability.

    The larger of the two is recommended. Half of the measured one, the measured one and the recommended one are then run
    side by side, so that the price of too small a pool can be seen.

    Runs under PowerShell 7.6 and under kretpool.
.PARAMETER ThreadCount
    Threads that use the pool at once. By default as many as there are CPUs.
.PARAMETER HoldTime
    How long each holds an object, for example 5ms. By default as short as can be.
.PARAMETER MaxMissRate
    The share of rents that may find no object: 0.001 is one in a thousand.
.PARAMETER Kind
    The kind of pool.
.PARAMETER IterationTime
    How long an iteration of the check lasts, for example 200ms.
.EXAMPLE
    ./Measure-PoolSize.ps1 -ThreadCount 16 -HoldTime 2ms

    How many connections 16 workers need that hold each for 2 ms.
#>
[CmdletBinding()]
param(
    [ValidateRange(1, 4096)]
    [int] $ThreadCount = [System.Environment]::ProcessorCount,

    [string] $HoldTime,

    [ValidateRange(0.000001, 1)]
    [double] $MaxMissRate = 0.001,

    [ValidateNotNullOrEmpty()]
    [string] $Kind = 'KretPool',

    [ValidateNotNullOrEmpty()]
    [string] $IterationTime = '100ms'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$module = [System.IO.Path]::GetFullPath("$PSScriptRoot/../KretPool.psd1")
Import-Module -Name ([System.IO.File]::Exists($module) ? $module : 'KretPool')

$hold = @{}
if ($HoldTime) {
    $hold.HoldTime = $HoldTime
}

$estimate = @(Measure-PoolCapacity -Kind $Kind -ThreadCount $ThreadCount -MaxMissRate $MaxMissRate @hold)
if ($estimate.Count -ne 1) {
    throw "'$Kind' names $($estimate.Count) kinds. Give one, or call Measure-PoolCapacity for several."
}

$estimate | Out-Host
$estimate.Reason | Out-Host

$measured = [int] $estimate.MeasuredCapacity
$recommended = [Math]::Max($measured, [int] $estimate.ErlangCapacity)
if ($recommended -eq 0) {
    throw "No capacity kept misses under $MaxMissRate."
}

$check = @{
    Kind          = $Kind
    ThreadCount   = $ThreadCount
    Workload      = $HoldTime ? 'Blocking' : 'NonBlocking'
    Capacity      = [int[]] [System.Linq.Enumerable]::Distinct([int[]] @([Math]::Max(1, [Math]::Floor($measured / 2)), [Math]::Max(1, $measured), $recommended))
    Placement     = 'None'
    IterationTime = $IterationTime
}
'Half of the measured capacity, the measured and the recommended one:' | Out-Host
Invoke-PoolBenchmark @check @hold -WarningAction SilentlyContinue | Out-Host
"Recommended: $recommended objects."
