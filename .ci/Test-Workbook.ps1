<#
.SYNOPSIS
    Checks that a workbook opens and holds what a sweep writes: sheets, tables and charts.
.PARAMETER Path
    The workbook.
#>
[CmdletBinding()]
param([Parameter(Mandatory)] [string] $Path)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$archive = [System.IO.Compression.ZipFile]::OpenRead([System.IO.Path]::GetFullPath($Path))
try {
    $parts = @($archive.Entries | ForEach-Object { $_.FullName })
    $needed = @(
        @{ Pattern = 'xl/workbook.xml'; AtLeast = 1 }
        @{ Pattern = 'xl/worksheets/*.xml'; AtLeast = 4 }
        @{ Pattern = 'xl/tables/*.xml'; AtLeast = 2 }
        @{ Pattern = '*/charts/*.xml'; AtLeast = 2 }
    )
    foreach ($expected in $needed) {
        $found = @($parts | Where-Object { $_ -like $expected.Pattern }).Count
        if ($found -lt $expected.AtLeast) {
            throw "$Path holds $found parts like $($expected.Pattern), not $($expected.AtLeast): $($parts -join ', ')"
        }
    }

    # Every part that is XML has to be well-formed.
    foreach ($entry in $archive.Entries) {
        if ($entry.FullName -like '*.xml' -or $entry.FullName -like '*.rels') {
            $stream = $entry.Open()
            try { [void] [System.Xml.Linq.XDocument]::Load($stream) } finally { $stream.Dispose() }
        }
    }
} finally {
    $archive.Dispose()
}

"$Path is a workbook of $($parts.Count) parts."
