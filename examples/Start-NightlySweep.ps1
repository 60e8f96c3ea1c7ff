<#
.SYNOPSIS
    Measures this machine's pools, keeps a history, writes a report, and fails when a pool has become slower.
.DESCRIPTION
    Made to be started by a timer; examples/nightly has one for systemd, for cron and for Task Scheduler. Everything goes
    into one folder: history.db (every result, on disk as soon as its block is complete), sweep.log, and a report for each
    night in reports.

    Two checks look for what became slower by more than -ThresholdPercent. Tonight's results are compared with those of the
    last -BaselineRuns nights, which finds a drop at once; and the history is searched for a change of level, which finds a
    smaller one after two nights and is not misled by a single odd one. A change is an alarm for -BaselineRuns nights;
    after that it is what later nights are compared with. The more nights there are, the better is known how much they differ
    by themselves: in the first week, a night on which something else kept the machine busy is an alarm as well.

    One run at a time: a second one ends at once. A run that was cut off, by a crash or a kill, is gone on with by the next
    start within -ResumeWithin: what was saved is not measured again.

    Exit codes: 0 nothing became slower, or there is nothing to compare with yet; 1 it could not be done, or a trial failed;
    2 something became slower; 3 another run is at work.

    Runs under PowerShell 7.6 and under kretpool.
.PARAMETER Folder
    Where history, log and reports go. It is made if there is none.
.PARAMETER Kind
    Kinds of pool; wildcards are allowed. Get-PoolKind lists them.
.PARAMETER ThreadCount
    Numbers of threads. By default 1, 2, 4, ... up to the CPUs that this process may use.
.PARAMETER Workload
    What the threads do, as Invoke-PoolBenchmark takes it.
.PARAMETER IterationTime
    How long an iteration lasts, for example 200ms.
.PARAMETER IterationCount
    Iterations of each trial. With fewer than 6 there is no interval, and nothing to judge by.
.PARAMETER MaxDuration
    After this time no further block is started, for example 90min. By default there is no limit.
.PARAMETER ThresholdPercent
    A smaller change than this does not matter.
.PARAMETER BaselineRuns
    How many runs before tonight's are the baseline, and for how many runs a change is an alarm.
.PARAMETER ResumeWithin
    How old a run that was cut off may be to be gone on with. An older one is given up.
.PARAMETER ResumeOnly
    Goes on with a run that was cut off, and does nothing if there is none. To be started when the machine boots.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File Start-NightlySweep.ps1 -Folder /var/lib/kretpool

    What the timers run.
.EXAMPLE
    pwsh -NoProfile -File Start-NightlySweep.ps1 -Folder ./nightly -Kind KretPool,FreeList -ThreadCount 1,2 -IterationTime 20ms

    A short one, to try it.
#>
[Diagnostics.CodeAnalysis.SuppressMessage('PSReviewUnusedParameter', '', Justification = 'The functions below read them.')]
[CmdletBinding()]
param(
    [ValidateNotNullOrEmpty()]
    [string] $Folder = './kretpool-nightly',

    [ValidateNotNullOrEmpty()]
    [string[]] $Kind = @('KretPool', 'FreeList', 'KernelObjPool', 'ConcurrentBag', 'DefaultObjectPool'),

    # Text, because pwsh -File would make the number 12 of the argument 1,2.
    [ValidatePattern('^\s*[1-9]\d*(\s*,\s*[1-9]\d*)*\s*$', ErrorMessage = "'{0}' is not a list of thread counts such as 1,2,4.")]
    [string[]] $ThreadCount = @(),

    [ValidateNotNullOrEmpty()]
    [string[]] $Workload = @('NonBlocking'),

    [ValidateNotNullOrEmpty()]
    [string] $IterationTime = '200ms',

    [ValidateRange(6, 10000)]
    [int] $IterationCount = 10,

    [string] $MaxDuration,

    [ValidateRange(0.1, 99)]
    [double] $ThresholdPercent = 10,

    [ValidateRange(1, 365)]
    [int] $BaselineRuns = 7,

    [timespan] $ResumeWithin = [timespan]::FromHours(12),

    [switch] $ResumeOnly
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# Runs that a change of level is searched in.
$historyRuns = 60

$succeeded = 0
$failed = 1
$slower = 2
$locked = 3

function Open-Log([string] $Path) {
    try {
        $stream = [System.IO.FileStream]::new($Path, 'Append', 'Write', 'ReadWrite')
        $writer = [System.IO.StreamWriter]::new($stream)
        $writer.AutoFlush = $true
        $writer
    } catch {
        throw "The log '$Path' cannot be written: $($_.Exception.GetBaseException().Message)"
    }
}

function Add-Log([string] $Text, [string] $Level = 'INFO') {
    $time = [datetime]::UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", [cultureinfo]::InvariantCulture)
    foreach ($line in $Text -split '\r?\n') {
        $log.WriteLine("$time $($Level.PadRight(5)) $line")
        "$($Level.PadRight(5)) $line" | Out-Host
    }
}

# The system lets go of the lock when the process ends, however it ends.
function Open-Lock([string] $Path) {
    try {
        [System.IO.FileStream]::new($Path, 'OpenOrCreate', 'ReadWrite', 'None')
    } catch [System.IO.IOException] {
        $null
    }
}

# What was begun: its id, its start, its process, and which sweep it is. The file is there while a run is not complete.
function Read-BegunRun([string] $Path) {
    if (-not [System.IO.File]::Exists($Path)) {
        return
    }

    $id = [guid]::Empty
    $start = [datetime]::MinValue
    $lines = [System.IO.File]::ReadAllLines($Path)
    $styles = [System.Globalization.DateTimeStyles]::RoundtripKind
    if ($lines.Count -ge 4 -and [guid]::TryParse($lines[0], [ref] $id) -and
        [datetime]::TryParseExact($lines[1], 'O', [cultureinfo]::InvariantCulture, $styles, [ref] $start)) {
        [pscustomobject] @{ RunId = $id; StartedUtc = $start; ProcessId = $lines[2]; Sweep = $lines[3] }
    } else {
        Add-Log "'$Path' is damaged; the run that it tells of is given up." WARN
    }
}

function Write-BegunRun([string] $Path, [object] $Run) {
    $lines = $Run.RunId, $Run.StartedUtc.ToString('O', [cultureinfo]::InvariantCulture), $Run.ProcessId, $Run.Sweep
    [System.IO.File]::WriteAllLines("$Path.new", [string[]] $lines)
    [System.IO.File]::Move("$Path.new", $Path, $true)
}

function Get-RunToResume([string] $Path, [string] $Sweep) {
    $run = Read-BegunRun $Path
    if (-not $run) {
        return
    }

    $age = [datetime]::UtcNow - $run.StartedUtc
    if ($run.Sweep -ne $Sweep) {
        Add-Log "Run $($run.RunId) was cut off and measured something else; it is given up." WARN
    } elseif ($age -gt $ResumeWithin) {
        Add-Log "Run $($run.RunId) was cut off on $($run.StartedUtc.ToString('yyyy-MM-dd HH:mm'))Z, longer than $ResumeWithin ago; it is given up." WARN
    } else {
        Add-Log "Run $($run.RunId) was cut off; it goes on." WARN
        $run
    }
}

function Get-SavedResult([guid] $RunId) {
    if ([System.IO.File]::Exists($database)) {
        Get-PoolResult -Database $database -RunId $RunId
    }
}

function Format-Result([object] $Result) {
    [string]::Format(
        [cultureinfo]::InvariantCulture, '{0}, {1}, threads {2}, objects {3}: {4:N2} M/s',
        $Result.Kind, $Result.Workload, $Result.ThreadCount, $Result.Capacity, ($Result.OpsPerSec / 1e6))
}

# Every block is in the history before the next one starts.
function Invoke-Sweep([hashtable] $Sweep) {
    Invoke-PoolBenchmark @Sweep -ErrorAction SilentlyContinue -ErrorVariable problems -WarningAction SilentlyContinue -WarningVariable doubts |
        Save-PoolResult -Database $database -PassThru |
        ForEach-Object { Add-Log (Format-Result $_) }
    foreach ($doubt in $doubts) {
        Add-Log $doubt.Message WARN
    }

    foreach ($problem in $problems) {
        Add-Log "$problem" ERROR
    }

    @($problems).Count
}

function Invoke-WholeSweep([hashtable] $Sweep, [string] $Description) {
    $run = Get-RunToResume $begunPath $Description
    if ($ResumeOnly -and -not $run) {
        return
    }

    if ($run) {
        $saved = @(Get-SavedResult $run.RunId)
        Add-Log "$($saved.Count) results of it are saved."
        $Sweep.RunId = $run.RunId
        $Sweep.Resume = $saved
        try {
            $run.ProcessId = $PID
            Write-BegunRun $begunPath $run
            return [pscustomobject] @{ RunId = $run.RunId; FailureCount = Invoke-Sweep $Sweep }
        } catch {
            if ($_.FullyQualifiedErrorId -notlike 'InvalidResume,*') {
                throw
            }

            Add-Log "$_ A new run is started." WARN
            $Sweep.Remove('Resume')
        }
    }

    $Sweep.RunId = [guid]::NewGuid()
    Write-BegunRun $begunPath ([pscustomobject] @{ RunId = $Sweep.RunId; StartedUtc = [datetime]::UtcNow; ProcessId = $PID; Sweep = $Description })
    Add-Log "Run $($Sweep.RunId) starts: $Description"
    try {
        [pscustomobject] @{ RunId = $Sweep.RunId; FailureCount = Invoke-Sweep $Sweep }
    } catch {
        # A mistake in the parameters is not a run that was cut off.
        if (-not (Get-SavedResult $Sweep.RunId)) {
            [System.IO.File]::Delete($begunPath)
        }

        throw
    }
}

function Compare-WithBaseline([object[]] $Tonight, [object[]] $Baseline) {
    if ($Baseline.Count -eq 0) {
        Add-Log 'There is no earlier run of this machine to compare with.'
        return
    }

    $compared = @($Tonight | Compare-PoolResult -Baseline $Baseline -ThresholdPercent $ThresholdPercent -WarningAction SilentlyContinue -WarningVariable differences)
    foreach ($difference in $differences) {
        Add-Log $difference.Message WARN
    }

    $worse = @($compared | Where-Object Verdict -EQ 'Slower')
    foreach ($row in $worse) {
        $text = [string]::Format(
            [cultureinfo]::InvariantCulture, 'SLOWER tonight: {0}, {1}, threads {2}, objects {3}: {4:0.000} times the last nights ({5:0.000} to {6:0.000})',
            $row.Kind, $row.Workload, $row.ThreadCount, $row.Capacity, $row.Ratio, $row.RatioLow, $row.RatioHigh)
        Add-Log $text ERROR
    }

    Add-Log "$($compared.Count) results compared with the last nights: $($worse.Count) slower."
    $compared
}

# Nights of which a change is still news.
function Find-RecentChange([object[]] $History, [object[]] $Baseline) {
    if ($Baseline.Count -eq 0) {
        return
    }

    $oldest = $Baseline[0].StartedUtc
    $changes = @($History | Find-PoolRegression -ThresholdPercent $ThresholdPercent -WarningAction SilentlyContinue | Where-Object ChangedUtc -GE $oldest)
    foreach ($change in $changes) {
        $text = [string]::Format(
            [cultureinfo]::InvariantCulture, 'SLOWER since {0:yyyy-MM-dd HH:mm}Z: {1}, threads {2}: {3:0.000} times what it was. {4}',
            $change.ChangedUtc, $change.Kind, $change.ThreadCount, $change.Ratio, $change.EnvironmentDifferences)
        Add-Log $text.Trim() ERROR
    }

    $changes
}

function Export-NightlyReport([object[]] $Rows, [guid] $RunId) {
    $reports = [System.IO.Path]::Combine($root, 'reports')
    $null = [System.IO.Directory]::CreateDirectory($reports)
    $name = [datetime]::UtcNow.ToString("yyyy-MM-dd'T'HHmmss'Z'", [cultureinfo]::InvariantCulture)
    $path = [System.IO.Path]::Combine($reports, "$name.xlsx")
    $Rows | Export-PoolReport -Path $path -Title "$([System.Environment]::MachineName), night of $name, run $RunId"
    Add-Log "The report is $path"
}

function Invoke-Night {
    $module = [System.IO.Path]::GetFullPath("$PSScriptRoot/../KretPool.psd1")
    Import-Module -Name ([System.IO.File]::Exists($module) ? $module : 'KretPool')

    $sweep = @{
        Kind           = $Kind -split ',' -replace '^\s+|\s+$'
        Workload       = $Workload -split ',' -replace '^\s+|\s+$'
        IterationTime  = $IterationTime
        IterationCount = $IterationCount
    }
    if ($ThreadCount) {
        $sweep.ThreadCount = [int[]] ($ThreadCount -split ',')
    }

    $description = @($sweep.Keys | ForEach-Object { "$_ $($sweep[$_] -join ',')" })
    [array]::Sort($description)
    if ($MaxDuration) {
        $sweep.MaxDuration = $MaxDuration
    }

    $run = Invoke-WholeSweep $sweep ($description -join '; ')
    if (-not $run) {
        Add-Log 'No run was cut off; there is nothing to do.'
        return $succeeded
    }

    $tonight = @(Get-SavedResult $run.RunId)
    if ($tonight.Count -eq 0) {
        Add-Log 'Nothing was measured.' ERROR
        return $failed
    }

    # A machine that has another shape since is not compared with what it was.
    $here = [System.Management.Automation.WildcardPattern]::Escape($tonight[0].HostName)
    $history = @(Get-PoolResult -Database $database -HostName $here -Last $historyRuns |
            Where-Object TopologyDigest -EQ $tonight[0].TopologyDigest)
    $baseline = @(Get-PoolResult -Database $database -HostName $here -Until $tonight[0].StartedUtc -Last $BaselineRuns |
            Where-Object { $_.TopologyDigest -eq $tonight[0].TopologyDigest -and $_.RunId -ne $run.RunId })
    $comparisons = @(Compare-WithBaseline $tonight $baseline)
    $changes = @(Find-RecentChange $history $baseline)
    Export-NightlyReport ($history + $comparisons) $run.RunId
    [System.IO.File]::Delete($begunPath)

    if ($changes.Count -gt 0 -or @($comparisons | Where-Object Verdict -EQ 'Slower').Count -gt 0) {
        return $slower
    }

    if ($run.FailureCount -gt 0) {
        Add-Log "$($run.FailureCount) trials failed." ERROR
        return $failed
    }

    $succeeded
}

$root = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Folder)
try {
    $null = [System.IO.Directory]::CreateDirectory($root)
} catch {
    throw "The folder '$root' cannot be made: $($_.Exception.GetBaseException().Message)"
}

$database = [System.IO.Path]::Combine($root, 'history.db')
$begunPath = [System.IO.Path]::Combine($root, 'begun-run.txt')
$log = Open-Log ([System.IO.Path]::Combine($root, 'sweep.log'))
$lock = $null
$code = $failed
try {
    $lock = Open-Lock ([System.IO.Path]::Combine($root, 'sweep.lock'))
    if ($lock) {
        $code = Invoke-Night
    } else {
        $other = Read-BegunRun $begunPath
        Add-Log "Another run is at work$(if ($other) { ": process $($other.ProcessId), run $($other.RunId)" }). This one ends." WARN
        $code = $locked
    }
} catch {
    Add-Log "$($_.Exception.Message) ($($_.FullyQualifiedErrorId), line $($_.InvocationInfo.ScriptLineNumber))" ERROR
} finally {
    Add-Log "End, exit code $code."
    if ($lock) {
        $lock.Dispose()
    }

    $log.Dispose()
}

exit $code
