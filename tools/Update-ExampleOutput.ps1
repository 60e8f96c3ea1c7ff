#Requires -Version 7.6
<#
.SYNOPSIS
    Runs the transcripts in examples/expected again and writes down what they show now.
.DESCRIPTION
    For a quiet machine: the numbers are measured. Transcripts that need more than one machine are left as they are.
.PARAMETER Name
    Transcripts; wildcards are allowed.
.EXAMPLE
    ./tools/Update-ExampleOutput.ps1 -Name Measure-PoolSize
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [ValidateNotNullOrEmpty()]
    [string] $Name = '*'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Import-Module (Join-Path $PSScriptRoot 'ExampleTranscript.psm1') -Force

foreach ($transcript in Get-ExampleTranscript -Name $Name) {
    if ($transcript.Runnable -and $PSCmdlet.ShouldProcess($transcript.Path, 'Run again')) {
        [System.IO.File]::WriteAllText($transcript.Path, (Invoke-ExampleTranscript $transcript))
    }
}
