<#
    .SYNOPSIS
    Runs the examples of pages in docs/cmdlets and writes what they show into the pages.

    .DESCRIPTION
    An example whose page shows an output gets the one of this machine; -All also gives one to those that have none yet.
    Measurements take as long as the examples say, so leave the machine alone meanwhile.

    .EXAMPLE
    ./tools/Update-HelpOutput.ps1 -Cmdlet Get-PoolKind
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # Whose pages; wildcards are allowed.
    [string] $Cmdlet = '*-*',

    # Also writes outputs where the page shows none.
    [switch] $All
)

Import-Module (Join-Path $PSScriptRoot '../KretPool.psd1'), (Join-Path $PSScriptRoot 'HelpExample.psm1') -Force

foreach ($example in Get-HelpExample $Cmdlet) {
    if (-not ($All -or $example.Output)) {
        continue
    }

    if ($PSCmdlet.ShouldProcess("$($example.Cmdlet), $($example.Title)", 'Run')) {
        $shown = Invoke-HelpExample $example
        if (-not $shown) {
            continue
        }

        $output = "``````output`n$shown`n```````n"
        $code = "``````powershell`n$($example.Code)```````n"
        $text = $example.Output `
            ? $example.Text.Replace("``````output`n$($example.Output)```````n", $output) `
            : $example.Text.Replace($code, "$code`n$output")
        $page = [System.IO.File]::ReadAllText($example.Page)
        [System.IO.File]::WriteAllText($example.Page, $page.Replace($example.Text, $text))
    }
}
