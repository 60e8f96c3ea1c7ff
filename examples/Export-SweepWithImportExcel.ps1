#Requires -Version 7.6
#Requires -Modules ImportExcel
<#
.SYNOPSIS
    Puts a sweep into a workbook with ImportExcel, with a chart of your own.
.DESCRIPTION
    Needs pwsh 7.6 and the module ImportExcel (Install-PSResource ImportExcel). Results are flat rows, so Export-Excel
    takes them as they are: numbers become numbers and times become dates. Export-PoolReport needs neither.

    The workbook has a sheet Sweep with every result, a sheet Throughput with a column and a line of the chart for each
    kind, and a sheet Comparisons with the verdicts.
.EXAMPLE
    ./examples/Export-SweepWithImportExcel.ps1 -Path sweep.xlsx
.EXAMPLE
    ./examples/Export-SweepWithImportExcel.ps1 -Path nightly.xlsx -Result (Get-PoolResult nightly.db -Last 1)
#>
[CmdletBinding()]
param(
    # Where the workbook goes. A file that exists is replaced.
    [Parameter(Mandatory)]
    [string] $Path,

    # Results to export; without them, a short sweep of this machine.
    [object[]] $Result,

    # The kind that the others are compared with.
    [string] $BaselineKind = 'FreeList'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Import-Module -Name ImportExcel
Import-Module -Name "$PSScriptRoot/../KretPool.psd1"

if (-not $Result) {
    $Result = Invoke-PoolBenchmark -Kind KretPool, FreeList, ConcurrentBag -IterationTime 50ms
}

if (Test-Path -LiteralPath $Path) {
    Remove-Item -LiteralPath $Path
}

# Without -NoNumberConversion the list of CPUs 0,8 would become the number 8.
$Result | Export-Excel -Path $Path -WorksheetName Sweep -TableName Sweep -AutoNameRange -NoNumberConversion *

# A chart takes a column for each line: thread counts down, kinds across.
$kinds = @($Result | ForEach-Object Kind | Select-Object -Unique)
$rows = foreach ($threads in $Result | Group-Object -Property ThreadCount | Sort-Object -Property { [int] $_.Name }) {
    $row = [ordered] @{ Threads = [int] $threads.Name }
    foreach ($kind in $kinds) {
        $row[$kind] = @($threads.Group | Where-Object Kind -EQ $kind)[-1]?.OpsPerSec
    }

    [pscustomobject] $row
}

$chart = New-ExcelChartDefinition -Title 'Throughput over threads' -ChartType XYScatterLines `
    -XRange Threads -YRange $kinds -SeriesHeader $kinds -Row 1 -Column ($kinds.Count + 2) -Width 800 -Height 420 `
    -XAxisTitleText 'Threads' -YAxisTitleText 'Operations per second (log scale)' -YAxisNumberformat '#,##0'
$package = $rows |
    Export-Excel -Path $Path -WorksheetName Throughput -TableName Throughput -AutoNameRange -ExcelChartDefinition $chart -PassThru
$package.Workbook.Worksheets['Throughput'].Drawings[0].YAxis.LogBase = 10
Close-ExcelPackage -ExcelPackage $package

$Result | Compare-PoolResult -BaselineKind $BaselineKind |
    Export-Excel -Path $Path -WorksheetName Comparisons -TableName Comparisons -NoNumberConversion *

Get-Item -LiteralPath $Path
