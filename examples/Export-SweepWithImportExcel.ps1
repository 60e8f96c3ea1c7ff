<#
.SYNOPSIS
    Puts a sweep into a workbook with ImportExcel, with a chart of your own.
.DESCRIPTION
    Needs pwsh 7.6 and the module ImportExcel (Install-PSResource ImportExcel). Results are flat rows, so Export-Excel
    takes them as they are: numbers become numbers and times become dates. Export-PoolReport needs neither.
.EXAMPLE
    ./examples/Export-SweepWithImportExcel.ps1 -Path sweep.xlsx
#>
[CmdletBinding()]
param(
    # Where the workbook goes.
    [Parameter(Mandatory)]
    [string] $Path,

    # Results to export; without them, a short sweep of this machine.
    [object[]] $Result
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Import-Module -Name ImportExcel
Import-Module -Name "$PSScriptRoot/../KretPool.psd1"

if (-not $Result) {
    $Result = Invoke-PoolBenchmark -Kind KretPool, FreeList -IterationTime 50ms
}

$chart = New-ExcelChartDefinition -Title 'Throughput over threads' -ChartType XYScatterLines `
    -XRange ThreadCount -YRange OpsPerSec `
    -XAxisTitleText 'Threads' -YAxisTitleText 'Operations per second' -YAxisNumberformat '#,##0'

$Result | Where-Object Kind -EQ $Result[0].Kind |
    Export-Excel -Path $Path -WorksheetName Sweep -TableName Sweep -AutoNameRange -ExcelChartDefinition $chart
$Result | Compare-PoolResult -BaselineKind FreeList |
    Export-Excel -Path $Path -WorksheetName Comparisons -TableName Comparisons
