#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Results and ImportExcel' -Skip:(-not (Get-Module -Name ImportExcel -ListAvailable)) {
    BeforeAll {
        Import-Module -Name ImportExcel -WarningAction SilentlyContinue
        Import-Module -Name "$PSScriptRoot/../KretPool.psd1" -Force
        $null = Get-PoolKind
        $script:results = foreach ($kind in 'KretPool', 'FreeList') {
            foreach ($threads in 1, 2, 4) {
                $result = [KretPool.Results.PoolBenchmarkResult]::new()
                $result.Kind = $kind
                $result.ThreadCount = $threads
                $result.Workload = 'NonBlocking'
                $result.StartedUtc = [datetime]::new(2026, 11, 20, 2, 0, 0, [System.DateTimeKind]::Utc)
                $result.OpsPerSec = 1e8 * $threads
                $result.Cpus = '0,8'
                $result.CpuQuota = 1.5
                $result.Hits = 3000000000
                $result.SmtActive = $true
                $result.SamplesOpsPerSec = '100000000;100000001'
                $result
            }
        }
    }

    It 'writes numbers as numbers and dates as dates' {
        $script:results | Export-Excel -Path "$TestDrive/a.xlsx" -TableName Sweep -AutoNameRange

        $read = Import-Excel -Path "$TestDrive/a.xlsx"
        $read.Count | Should -Be 6
        $read[0].OpsPerSec | Should -BeOfType [double]
        $read[0].StartedUtc | Should -BeOfType [datetime]
        $read[0].StartedUtc | Should -Be ([datetime]::new(2026, 11, 20, 2, 0, 0))
        $read[5].OpsPerSec | Should -Be 4e8
        $read[0].Hits | Should -Be 3000000000
        $read[0].CpuQuota | Should -Be 1.5
        $read[0].SmtActive | Should -BeTrue
        $read[0].SamplesOpsPerSec | Should -Be '100000000;100000001'
    }

    It 'names the ranges of the columns' {
        $script:results | Export-Excel -Path "$TestDrive/n.xlsx" -TableName Sweep -AutoNameRange

        $package = Open-ExcelPackage -Path "$TestDrive/n.xlsx"
        try {
            $package.Workbook.Worksheets[1].Tables['Sweep'].Columns.Count | Should -Be @($script:results[0].PSObject.Properties).Count
            @($package.Workbook.Names | ForEach-Object Name) + @($package.Workbook.Worksheets[1].Names | ForEach-Object Name) |
                Should -Contain 'OpsPerSec'
        } finally {
            Close-ExcelPackage -ExcelPackage $package -NoSave
        }
    }

    It 'keeps lists of CPUs as they are when texts are not converted' {
        $script:results | Export-Excel -Path "$TestDrive/t.xlsx" -TableName Sweep -AutoNameRange -NoNumberConversion *

        $read = Import-Excel -Path "$TestDrive/t.xlsx"
        $read[0].Cpus | Should -BeExactly '0,8'
        $read[0].OpsPerSec | Should -BeOfType [double]
        $read[0].StartedUtc | Should -BeOfType [datetime]
    }

    It 'runs the example with a chart of its own' {
        & "$PSScriptRoot/../examples/Export-SweepWithImportExcel.ps1" -Path "$TestDrive/b.xlsx" -Result $script:results -WarningAction SilentlyContinue

        $package = Open-ExcelPackage -Path "$TestDrive/b.xlsx"
        try {
            $package.Workbook.Worksheets['Sweep'].Dimension.Rows | Should -Be 7
            $chart = $package.Workbook.Worksheets['Throughput'].Drawings[0]
            @($chart.Series | ForEach-Object Header) | Should -Be 'KretPool', 'FreeList'
            $chart.YAxis.LogBase | Should -Be 10
            $package.Workbook.Worksheets['Comparisons'].Tables[0].Name | Should -Be 'Comparisons'
        } finally {
            Close-ExcelPackage -ExcelPackage $package -NoSave
        }
    }

    It 'reads the results of a report back as results' {
        $script:results | Export-PoolReport -Path "$TestDrive/c.xlsx"

        $read = Import-Excel -Path "$TestDrive/c.xlsx" -WorksheetName Results
        @($read | Compare-PoolResult).Count | Should -Be 3
        $read[0].Cpus | Should -BeExactly '0,8'
        $read[0].StartedUtc | Should -BeOfType [datetime]
    }

    It 'gives a report no formula, whatever texts begin with' {
        $odd = $script:results | ForEach-Object { $_.HostName = '=1+1'; $_.Warnings = '@SUM(A1)'; $_ }
        $odd | Export-PoolReport -Path "$TestDrive/f.xlsx" -Title '=HYPERLINK("http://example.com")'

        $package = Open-ExcelPackage -Path "$TestDrive/f.xlsx"
        try {
            foreach ($sheet in $package.Workbook.Worksheets) {
                @($sheet.Cells | Where-Object Formula).Count | Should -Be 0
            }
        } finally {
            Close-ExcelPackage -ExcelPackage $package -NoSave
        }

        (Import-Excel -Path "$TestDrive/f.xlsx" -WorksheetName Results)[0].HostName | Should -BeExactly '=1+1'
    }
}
