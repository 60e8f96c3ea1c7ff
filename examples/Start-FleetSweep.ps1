#Requires -Version 7.6
<#
.SYNOPSIS
    Runs the same sweep on many machines over PowerShell remoting, into one history and one report.
.DESCRIPTION
    Needs pwsh 7.6 here and on every machine, with PowerShell as a subsystem of its SSH server, keys instead of passwords, and
    the module there (from a repository that has it, or in a folder that -ModulePath names). -Session takes sessions that exist
    already, over whatever they run: WinRM, containers, jump hosts.

    At most -ThrottleLimit machines measure at the same time. Every result is saved into the history and told as soon as it
    arrives. A machine that cannot be reached, lacks the module or fails in the middle is named with the reason, and the
    others go on; what it had delivered stays in the history.

    Exit codes: 0 all machines delivered, 1 none did or it could not be started, 2 some did not.
.PARAMETER HostName
    The machines, as ssh knows them: names, user@name, or aliases of its configuration.
.PARAMETER UserName
    Who to log in as, where that is not part of the name.
.PARAMETER Port
    The port of the SSH servers.
.PARAMETER KeyFilePath
    The private key to log in with.
.PARAMETER SshOption
    More options of ssh, for example @{ UserKnownHostsFile = 'fleet_hosts' }.
.PARAMETER Session
    Sessions to use instead of opening some.
.PARAMETER ModulePath
    The module on the machines: its name if it is installed there, or the path of KretPool.psd1.
.PARAMETER Database
    The history that all results go to.
.PARAMETER ReportPath
    The workbook. It is replaced with -Force only.
.PARAMETER Kind
    Kinds of pool; wildcards are allowed.
.PARAMETER ThreadCount
    Numbers of threads. By default 1, 2, 4, ... up to the CPUs of each machine.
.PARAMETER Workload
    What the threads do, as Invoke-PoolBenchmark takes it.
.PARAMETER IterationTime
    How long an iteration lasts, for example 200ms.
.PARAMETER ThrottleLimit
    How many machines measure at the same time.
.PARAMETER ConnectTimeout
    How many seconds a machine has to answer.
.PARAMETER Force
    Replaces a report that exists.
.EXAMPLE
    ./Start-FleetSweep.ps1 -HostName db1, db2, web1 -UserName ops -Database fleet.db -ReportPath fleet.xlsx

    Three machines that have the module installed.
.EXAMPLE
    ./Start-FleetSweep.ps1 -HostName (Get-Content hosts.txt) -ModulePath /opt/kretpool/KretPool.psd1 -ThrottleLimit 32

    All machines of a list, 32 at a time.
#>
[CmdletBinding(DefaultParameterSetName = 'HostName')]
param(
    [Parameter(Mandatory, Position = 0, ParameterSetName = 'HostName')]
    [ValidateNotNullOrEmpty()]
    [string[]] $HostName,

    [Parameter(ParameterSetName = 'HostName')]
    [ValidateNotNullOrEmpty()]
    [string] $UserName,

    [Parameter(ParameterSetName = 'HostName')]
    [ValidateRange(1, 65535)]
    [int] $Port = 22,

    [Parameter(ParameterSetName = 'HostName')]
    [ValidateScript({ Test-Path -LiteralPath $_ -PathType Leaf }, ErrorMessage = "There is no key file '{0}'.")]
    [string] $KeyFilePath,

    [Parameter(ParameterSetName = 'HostName')]
    [hashtable] $SshOption = @{},

    [Parameter(Mandatory, ParameterSetName = 'Session')]
    [System.Management.Automation.Runspaces.PSSession[]] $Session,

    [ValidateNotNullOrEmpty()]
    [string] $ModulePath = 'KretPool',

    [ValidateNotNullOrEmpty()]
    [string] $Database = 'fleet.db',

    [ValidateNotNullOrEmpty()]
    [string] $ReportPath = 'fleet.xlsx',

    [ValidateNotNullOrEmpty()]
    [string[]] $Kind = @('KretPool', 'FreeList', 'ConcurrentBag'),

    # Text, because pwsh -File would make the number 12 of the argument 1,2.
    [ValidatePattern('^\s*[1-9]\d*(\s*,\s*[1-9]\d*)*\s*$', ErrorMessage = "'{0}' is not a list of thread counts such as 1,2,4.")]
    [string[]] $ThreadCount = @(),

    [ValidateNotNullOrEmpty()]
    [string[]] $Workload = @('NonBlocking'),

    [ValidateNotNullOrEmpty()]
    [string] $IterationTime = '200ms',

    [ValidateRange(1, 1000)]
    [int] $ThrottleLimit = 16,

    [Parameter(ParameterSetName = 'HostName')]
    [ValidateRange(1, 3600)]
    [int] $ConnectTimeout = 10,

    [switch] $Force
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$module = Join-Path $PSScriptRoot '../KretPool.psd1'
Import-Module -Name ((Test-Path $module) ? $module : 'KretPool')

if ((Test-Path -LiteralPath $ReportPath) -and -not $Force) {
    throw "'$ReportPath' exists. Give another -ReportPath, or -Force to replace it."
}

$sweep = @{
    Kind          = $Kind -split ',' -replace '^\s+|\s+$'
    Workload      = $Workload -split ',' -replace '^\s+|\s+$'
    IterationTime = $IterationTime
}
if ($ThreadCount) {
    $sweep.ThreadCount = [int[]] ($ThreadCount -split ',')
}

# Runs on each machine. What it writes travels here result by result, while the sweep goes on.
$measure = {
    param([string] $ModulePath, [hashtable] $Sweep)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'

    # Each result carries its warnings; said once more here, nobody would see whose they are.
    $WarningPreference = 'SilentlyContinue'
    Import-Module -Name $ModulePath
    Invoke-PoolBenchmark @Sweep
}

# The first reason for which a machine failed, by its name.
$reasons = @{}
function Add-Reason([object] $Problem) {
    # An error of a remote script knows its machine; one of a connection has the runspace or the session as its target.
    $target = $Problem.TargetObject
    $machine = if ($Problem -is [System.Management.Automation.Runspaces.RemotingErrorRecord] -and $Problem.OriginInfo) {
        $Problem.OriginInfo.PSComputerName
    } elseif ($target -is [System.Management.Automation.Runspaces.Runspace]) {
        $target.ConnectionInfo.ComputerName
    } elseif ($target -is [System.Management.Automation.Runspaces.PSSession]) {
        $target.ComputerName
    } else {
        "$target"
    }

    if (-not $reasons.ContainsKey($machine)) {
        $reasons[$machine] = ($Problem.Exception.Message -replace '^The SSH client session has ended with error message: ' -split '\r?\n')[0]
    }
}

$opened = @()
if ($Session) {
    $machines = @($Session.ComputerName)
} else {
    # One that is twice in the list is measured once: two sweeps at a time would disturb each other.
    $names = @($HostName -split ',' -replace '^\s+|\s+$' | Select-Object -Unique)
    $machines = @($names -replace '^.*@' -replace ':\d+$')
    $connection = @{
        HostName          = $names
        Port              = $Port
        ConnectingTimeout = $ConnectTimeout * 1000

        # BatchMode: ssh fails instead of asking for a password that nobody types.
        Options           = @{ BatchMode = 'yes' } + $SshOption
    }
    if ($UserName) {
        $connection.UserName = $UserName
    }

    if ($KeyFilePath) {
        $connection.KeyFilePath = (Resolve-Path -LiteralPath $KeyFilePath).ProviderPath
    }

    $opened = @(New-PSSession @connection -ErrorAction SilentlyContinue -ErrorVariable unreachable)
    $Session = $opened
    foreach ($problem in $unreachable) {
        Add-Reason $problem
    }
}

$collected = [System.Collections.Generic.List[object]]::new()
try {
    if ($Session) {
        Invoke-Command -Session $Session -ThrottleLimit $ThrottleLimit -ScriptBlock $measure -ArgumentList $ModulePath, $sweep -ErrorAction SilentlyContinue -ErrorVariable problems |
            Save-PoolResult -Database $Database -PassThru |
            ForEach-Object {
                $collected.Add($_)
                '{0,-16} {1,-18} {2,4} threads {3,10:N2} M/s' -f $_.PSComputerName, $_.Kind, $_.ThreadCount, ($_.OpsPerSec / 1e6) | Out-Host
            }
        foreach ($problem in $problems) {
            Add-Reason $problem
        }
    }
} finally {
    $opened | Remove-PSSession
}

$perMachine = $collected | Group-Object PSComputerName -AsHashTable -AsString
$summary = foreach ($machine in $machines) {
    $rows = @($perMachine -and $perMachine.ContainsKey($machine) ? $perMachine[$machine] : @())
    [pscustomobject] @{
        Machine  = $machine
        Results  = $rows.Count
        Doubtful = @($rows | Where-Object Warnings).Count
        State    = $reasons.ContainsKey($machine) -or $rows.Count -eq 0 ? 'Failed' : 'Complete'
    }
}

'' | Out-Host
$summary | Format-Table -AutoSize | Out-Host
foreach ($machine in $summary | Where-Object State -EQ Failed | ForEach-Object Machine) {
    "$machine failed: $($reasons[$machine])" | Out-Host
}

$complete = @($summary | Where-Object State -EQ Complete).Count
if ($collected.Count -gt 0) {
    # Rows of all machines, as they came over the wire.
    $baseline = $collected.Kind -contains 'FreeList' ? @{ BaselineKind = 'FreeList' } : @{}
    $report = $collected | Export-PoolReport @baseline -Path $ReportPath -Title "Fleet of $complete machines" -Force:$Force -PassThru
    "$($collected.Count) results of $($perMachine.Count) machines are in $Database and in $($report.Name)" | Out-Host
}

exit ($complete -eq $machines.Count ? 0 : $complete -gt 0 ? 2 : 1)
