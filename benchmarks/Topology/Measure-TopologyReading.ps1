<#
.SYNOPSIS
Measures how long Get-CpuTopology takes: on this machine, the first time and later, and on captures.

.EXAMPLE
./Measure-TopologyReading.ps1 -Capture ../captures/*.tar.gz
#>
param(
    # Captures to read as well.
    [string[]] $Capture = @(),

    # How many readings follow the first one.
    [ValidateRange(1, 10000)]
    [int] $Repeat = 20
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../KretPool.psd1"

function Measure-Reading([string] $Name, [int] $Repeat, [scriptblock] $Read) {
    [double[]] $times = foreach ($i in 0..$Repeat) {
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $null = & $Read
        $watch.Elapsed.TotalMilliseconds
    }

    [double[]] $later = $times[1..$Repeat]
    [Array]::Sort($later)
    [pscustomobject]@{
        Name     = $Name
        FirstMs  = [Math]::Round($times[0], 2)
        MedianMs = [Math]::Round($later[[int][Math]::Floor($later.Length / 2)], 2)
    }
}

Measure-Reading -Name 'this machine' -Repeat $Repeat -Read { Get-CpuTopology }
foreach ($path in $Capture) {
    Measure-Reading -Name $path -Repeat $Repeat -Read { Get-CpuTopology -Path $path }
}
