<#
.SYNOPSIS
    Tells whether a kernel, a BIOS setting or any other change of the machine makes pools faster or slower.
.DESCRIPTION
    Run it before the change with -Database, and after it with another -Database and the first one as -Baseline:

        ./Compare-MachineSetting.ps1 -Database kernel-6.12.db
        (change, reboot)
        ./Compare-MachineSetting.ps1 -Database kernel-6.18.db -Baseline kernel-6.12.db

    Each time the same sweep is run several times, because two runs of one setting differ as well. Each run is compared with
    all runs of the baseline together: a difference that is one of the setting shows in each of them. What the results know of the machine and what differs, such as kernel, governor, SMT, runtime, is
    named. A change of the number of CPUs or nodes is allowed: it may be what is compared.

    Runs under PowerShell 7.6 and under kretpool.
.PARAMETER Database
    The history for this setting. It is made if there is none; more runs of the same setting may be added later.
.PARAMETER Baseline
    The history of the setting to compare with.
.PARAMETER ReportPath
    A workbook with both and the comparison. One that exists is left alone.
.PARAMETER Kind
    Kinds of pool; wildcards are allowed.
.PARAMETER ThreadCount
    Numbers of threads; the same for both settings. By default 1, 2, 4, ... up to the CPUs that this process may use.
.PARAMETER Capacity
    Objects in each pool; by default enough for all threads. Give it where the number of CPUs changes.
.PARAMETER RunCount
    How often the sweep is run.
.PARAMETER ThresholdPercent
    A smaller difference than this does not matter.
.PARAMETER IterationTime
    How long an iteration lasts, for example 100ms.
.EXAMPLE
    ./Compare-MachineSetting.ps1 -Database mitigations-off.db -Baseline mitigations-on.db -ReportPath mitigations.xlsx

    After a reboot with mitigations=off: what they cost.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [ValidateNotNullOrEmpty()]
    [string] $Database,

    [string] $Baseline,

    [string] $ReportPath,

    [ValidateNotNullOrEmpty()]
    [string[]] $Kind = @('KretPool', 'FreeList', 'ConcurrentBag'),

    # Text, because pwsh -File would make the number 12 of the argument 1,2.
    [ValidatePattern('^\s*[1-9]\d*(\s*,\s*[1-9]\d*)*\s*$', ErrorMessage = "'{0}' is not a list of thread counts such as 1,2,4.")]
    [string[]] $ThreadCount = @(),

    [ValidateRange(0, 16777216)]
    [int] $Capacity = 0,

    [ValidateRange(1, 1000)]
    [int] $RunCount = 3,

    [ValidateRange(0, 99)]
    [double] $ThresholdPercent = 5,

    [ValidateNotNullOrEmpty()]
    [string] $IterationTime = '100ms'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$module = [System.IO.Path]::GetFullPath("$PSScriptRoot/../KretPool.psd1")
Import-Module -Name ([System.IO.File]::Exists($module) ? $module : 'KretPool')

if ($ReportPath -and -not $Baseline) {
    throw '-ReportPath goes with -Baseline: without one there is nothing to compare.'
}

function Resolve-FullPath([string] $Path) {
    $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
}

$before = @()
if ($Baseline) {
    if ((Resolve-FullPath $Baseline) -eq (Resolve-FullPath $Database)) {
        throw "-Baseline and -Database are both '$Database'. Each setting needs a history of its own."
    }

    # Read first: a mistake here must not be found after the sweep.
    $before = @(Get-PoolResult -Database $Baseline)
    if ($before.Count -eq 0) {
        throw "There is no result in '$Baseline'."
    }
}

if ($ReportPath -and [System.IO.File]::Exists((Resolve-FullPath $ReportPath))) {
    throw "'$ReportPath' exists. Give another -ReportPath."
}

$sweep = @{ Kind = @($Kind -split ','); IterationTime = $IterationTime }
if ($ThreadCount) {
    $sweep.ThreadCount = [int[]] ($ThreadCount -split ',')
}

if ($Capacity) {
    $sweep.Capacity = $Capacity
}

for ($run = 1; $run -le $RunCount; $run++) {
    "Run $run of $RunCount" | Out-Host
    Invoke-PoolBenchmark @sweep -WarningAction SilentlyContinue | Save-PoolResult -Database $Database
}

$after = @(Get-PoolResult -Database $Database -Last $RunCount)
foreach ($column in 'Kernel', 'Runtime', 'CpuModel', 'Governor', 'SmtActive', 'GcMode', 'CpuQuota', 'TopologyDigest') {
    $now = $after[0].$column
    $then = $before ? $before[0].$column : $now
    $line = [string]::Format([cultureinfo]::InvariantCulture, '{0,-15} {1}', $column, $now)
    ($then -ceq $now ? $line : "$line   <- was: $then") | Out-Host
}

if (-not $before) {
    "$($after.Count) results are in $Database. Change the setting, and give this file as -Baseline then." | Out-Host
    return
}

# Each run of this setting against all runs of the other.
$comparison = @($after | Compare-PoolResult -Baseline $before -ThresholdPercent $ThresholdPercent -AllowDifferentEnvironment -WarningAction SilentlyContinue)
if ($comparison.Count -eq 0) {
    throw 'No result has a partner in the baseline. Give the same -Kind, -ThreadCount and -Capacity for both settings.'
}

if ($ReportPath) {
    $before + $after + $comparison | Export-PoolReport -Path $ReportPath -Title "$Database against $Baseline"
}

$comparison
