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
    }

    It 'runs the example with a chart of its own' {
        & "$PSScriptRoot/../examples/Export-SweepWithImportExcel.ps1" -Path "$TestDrive/b.xlsx" -Result $script:results -WarningAction SilentlyContinue

        $package = Open-ExcelPackage -Path "$TestDrive/b.xlsx"
        try {
            $package.Workbook.Worksheets['Sweep'].Drawings.Count | Should -Be 1
            $package.Workbook.Worksheets['Comparisons'].Tables[0].Name | Should -Be 'Comparisons'
        } finally {
            Close-ExcelPackage -ExcelPackage $package -NoSave
        }
    }

    It 'reads the results of a report back as results' {
        $script:results | Export-PoolReport -Path "$TestDrive/c.xlsx"

        $read = Import-Excel -Path "$TestDrive/c.xlsx" -WorksheetName Results
        @($read | Compare-PoolResult).Count | Should -Be 3
    }
}
