<#
.SYNOPSIS
    Registers the nightly sweep with Task Scheduler on Windows.
.DESCRIPTION
    Makes a task that runs Start-NightlySweep.ps1 every night as SYSTEM, whether or not anybody is logged on. A run that was
    missed because the machine was off is made up for. Task Scheduler shows the exit code as the last run result: 2 means
    that something became slower.

    Needs Windows and an elevated session, except with -AsXml, which only writes the task's definition: for
    schtasks /Create /XML, for Group Policy, or to read it.

    Runs under PowerShell 7.6 and under kretpool.
.PARAMETER Folder
    Where history, log and reports go.
.PARAMETER At
    When it starts, local time, as hours and minutes.
.PARAMETER TaskName
    The task's name.
.PARAMETER PowerShellPath
    pwsh.exe.
.PARAMETER ScriptPath
    Start-NightlySweep.ps1.
.PARAMETER AsXml
    Outputs the definition and registers nothing.
.EXAMPLE
    ./examples/nightly/Register-NightlySweep.ps1 -Folder C:\ProgramData\KretPool -At 02:15

    Registers the task. Start-ScheduledTask runs it at once, Unregister-ScheduledTask removes it.
.EXAMPLE
    ./examples/nightly/Register-NightlySweep.ps1 -Folder C:\ProgramData\KretPool -AsXml

    Shows the definition, on any system.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)]
    [ValidateNotNullOrEmpty()]
    [string] $Folder,

    [ValidatePattern('^([01]\d|2[0-3]):[0-5]\d$', ErrorMessage = "'{0}' is not a time of day such as 02:15.")]
    [string] $At = '02:15',

    [ValidatePattern('^[^\\/:*?"<>|]+$', ErrorMessage = "'{0}' cannot be the name of a task.")]
    [string] $TaskName = 'KretPool nightly sweep',

    [ValidateNotNullOrEmpty()]
    [string] $PowerShellPath = 'C:\Program Files\PowerShell\7\pwsh.exe',

    [ValidateNotNullOrEmpty()]
    [string] $ScriptPath = [System.IO.Path]::GetFullPath("$PSScriptRoot/../Start-NightlySweep.ps1"),

    [switch] $AsXml
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

foreach ($path in $Folder, $ScriptPath, $PowerShellPath) {
    if ($path.Contains('"')) {
        throw "'$path' has a quotation mark in it, which no path of Windows has."
    }
}

function ConvertTo-XmlText([string] $Text) {
    [System.Security.SecurityElement]::Escape($Text)
}

$arguments = "-NoProfile -NonInteractive -File `"$ScriptPath`" -Folder `"$($Folder.TrimEnd('\'))`""
$definition = @"
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Measures this machine's object pools and fails with 2 when one has become slower.</Description>
    <URI>\$(ConvertTo-XmlText $TaskName)</URI>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2026-01-01T${At}:00</StartBoundary>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="System">
      <UserId>S-1-5-18</UserId>
      <RunLevel>HighestAvailable</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>true</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>true</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT4H</ExecutionTimeLimit>
    <Priority>4</Priority>
  </Settings>
  <Actions Context="System">
    <Exec>
      <Command>$(ConvertTo-XmlText $PowerShellPath)</Command>
      <Arguments>$(ConvertTo-XmlText $arguments)</Arguments>
    </Exec>
  </Actions>
</Task>
"@

if ($AsXml) {
    return $definition
}

if (-not $IsWindows) {
    throw 'There is no Task Scheduler here: this system is not Windows. examples/nightly has a timer for systemd and a line for cron; -AsXml writes the definition anywhere.'
}

foreach ($path in $PowerShellPath, $ScriptPath) {
    if (-not [System.IO.File]::Exists($path)) {
        throw "There is no file '$path'."
    }
}

if ($PSCmdlet.ShouldProcess($TaskName, "Register a task that runs at $At every night")) {
    $file = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), "$([guid]::NewGuid()).xml")
    try {
        [System.IO.File]::WriteAllText($file, $definition, [System.Text.Encoding]::Unicode)
        & schtasks.exe /Create /TN $TaskName /XML $file /F
        if ($LASTEXITCODE -ne 0) {
            throw "schtasks.exe could not register '$TaskName' and ended with $LASTEXITCODE. Is this session elevated?"
        }
    } finally {
        [System.IO.File]::Delete($file)
    }
}
