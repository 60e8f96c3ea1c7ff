#Requires -Version 7.6
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

# What an operator does with results: compare them, put them into a workbook, here or with ImportExcel.

[Diagnostics.CodeAnalysis.SuppressMessage('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'Pester reads them.')]
param()

BeforeDiscovery {
    $hasImportExcel = $null -ne (Get-Module -ListAvailable ImportExcel)
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Pwsh.psm1')
    $script:manifestPath = Join-Path $PSScriptRoot '../KretPool.psd1'
    Import-Module $manifestPath
    Set-StrictMode -Version Latest

    $script:sweep = Invoke-PoolBenchmark -Kind KretPool, FreeList -ThreadCount 1 -IterationTime 0:0:0.01 -WarningAction SilentlyContinue

    # The same results as they come from another machine or out of a file.
    $script:dead = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($sweep))

    # Results whose samples are known, so that a verdict does not depend on this machine.
    function Get-Changed([double] $Factor) {
        foreach ($row in [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($sweep))) {
            $row.SamplesOpsPerSec = (1..10 | ForEach-Object { [long]((1e6 + 1000 * $_) * $Factor) }) -join ';'
            $row
        }
    }

    function Invoke-FreshPwsh([scriptblock] $Script, [object[]] $Arguments) {
        & (Get-PwshPath) -NoProfile -NonInteractive -Command $Script -args (@($manifestPath) + $Arguments)
    }

    function Get-SheetName([string] $Path) {
        $zip = [System.IO.Compression.ZipFile]::OpenRead($Path)
        try {
            $reader = [System.IO.StreamReader]::new($zip.GetEntry('xl/workbook.xml').Open())
            ([xml]$reader.ReadToEnd()).workbook.sheets.sheet.name
        } finally {
            $zip.Dispose()
        }
    }
}

Describe 'Compare-PoolResult' {
    It 'compares the kinds of a sweep' {
        $pair = $sweep | Compare-PoolResult -BaselineKind FreeList
        $pair.Kind | Should -Be 'KretPool'
        $pair.Ratio | Should -BeGreaterThan 0
    }

    It 'takes results that have been through remoting as it takes live ones' {
        $live = $sweep | Compare-PoolResult -BaselineKind FreeList
        $back = $dead | Compare-PoolResult -BaselineKind FreeList
        $back.Ratio | Should -Be $live.Ratio
        $back.Verdict | Should -Be $live.Verdict
    }

    It 'shows results that have been through remoting as it shows live ones' {
        $dead | Out-String | Should -Be ($sweep | Out-String)
        $pair = $sweep | Compare-PoolResult -BaselineKind FreeList
        $back = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($pair))
        $back | Out-String | Should -Be ($pair | Out-String)
    }

    It 'shows <Name> alike in every culture, as <As>' -ForEach @(
        foreach ($as in 'Format-Table', 'Format-List') {
            @{ Name = 'results'; As = $as; Get = { $sweep } }
            @{ Name = 'comparisons'; As = $as; Get = { $sweep | Compare-PoolResult -BaselineKind FreeList } }
            @{ Name = 'scaling'; As = $as; Get = { $sweep | Measure-PoolScaling } }
            @{ Name = 'efficiency'; As = $as; Get = { $sweep | Measure-PoolScaling -PerThreadCount } }
            @{ Name = 'capacity'; As = $as; Get = { $capacity } }
        }
    ) {
        $capacity = Measure-PoolCapacity -ThreadCount 1 -HoldTime 0.5ms -IterationTime 5ms
        $rows = & $Get
        $here = $rows | & $As | Out-String -Width 100
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $rows | & $As | Out-String -Width 100 | Should -Be $here
        } finally {
            [cultureinfo]::CurrentCulture = $culture
        }
    }

    It 'calls <Verdict> what was multiplied by <Factor>' -ForEach @(
        @{ Factor = 1.0; Verdict = 'Same' }
        @{ Factor = 0.8; Verdict = 'Slower' }
        @{ Factor = 1.3; Verdict = 'Faster' }
    ) {
        $verdicts = (Get-Changed $Factor | Compare-PoolResult -Baseline (Get-Changed 1)).Verdict
        $verdicts | Sort-Object -Unique | Should -Be $Verdict
    }

    It 'ends a script when something became slower, and names it' {
        $problem = { Get-Changed 0.5 | Compare-PoolResult -Baseline (Get-Changed 1) -FailOnRegression } |
            Should -Throw -ErrorId 'PoolRegression*' -PassThru
        $problem.Exception.Message | Should -BeLike '*KretPool*'
    }

    It 'gives a script that it ends the exit code 1' {
        $script = Join-Path $TestDrive 'gate.ps1'
        $sweep | Export-Clixml (Join-Path $TestDrive 'sweep.xml')
        Get-Changed 0.1 | Export-Clixml (Join-Path $TestDrive 'slow.xml')
        Set-Content $script @'
param($Manifest, $Folder)
Import-Module $Manifest
Import-Clixml "$Folder/slow.xml" | Compare-PoolResult -Baseline (Import-Clixml "$Folder/sweep.xml") -FailOnRegression
'@
        $null = & (Get-PwshPath) -NoProfile -File $script $manifestPath $TestDrive 2>&1
        $LASTEXITCODE | Should -Be 1
    }

    It 'is an error by id when <What>' -ForEach @(
        @{ What = 'nothing is of the baseline kind'; Id = 'CannotCompare'; Script = { $sweep | Compare-PoolResult -BaselineKind Channel } }
        @{ What = 'an object is no result'; Id = 'NotAPoolResult'; Script = { 'text' | Compare-PoolResult -BaselineKind FreeList -ErrorAction Stop } }
    ) {
        $Script | Should -Throw -ErrorId "$Id,*"
    }
}

Describe 'Export-PoolReport' {
    It 'writes a workbook with results, comparisons and the machine' {
        $file = $sweep | Export-PoolReport (Join-Path $TestDrive 'report.xlsx') -BaselineKind FreeList -PassThru
        Get-SheetName $file.FullName | Should -Contain 'Results'
        Get-SheetName $file.FullName | Should -Contain 'Comparisons'
        Get-SheetName $file.FullName | Should -Contain 'Topology'
    }

    It 'takes results that have been through remoting' {
        $file = $dead | Export-PoolReport (Join-Path $TestDrive 'dead.xlsx') -PassThru
        Get-SheetName $file.FullName | Should -Contain 'Results'
    }

    It 'does not lose a file that exists without -Force' {
        $path = Join-Path $TestDrive 'mine.xlsx'
        Set-Content $path 'mine' -NoNewline
        { $sweep | Export-PoolReport $path } | Should -Throw -ErrorId 'CannotWriteReport,*'
        Get-Content $path | Should -Be 'mine'
        $sweep | Export-PoolReport $path -Force
        Get-SheetName $path | Should -Contain 'Results'
    }

    It 'refuses a path that cannot be written before anything is measured' {
        $script:ran = $false
        { & { $script:ran = $true; $sweep } | Export-PoolReport (Join-Path $TestDrive 'none/report.xlsx') } | Should -Throw
        $ran | Should -BeFalse
    }

    It 'writes nothing with -WhatIf' {
        $sweep | Export-PoolReport (Join-Path $TestDrive 'not.xlsx') -WhatIf
        Join-Path $TestDrive 'not.xlsx' | Should -Not -Exist
    }

    It 'works beside a module that has loaded another DocumentFormat.OpenXml' {
        $assembly = Join-Path $TestDrive 'other/DocumentFormat.OpenXml.dll'
        $null = New-Item -ItemType Directory (Split-Path $assembly)
        Invoke-FreshPwsh -Arguments $assembly, (Join-Path $TestDrive 'beside.xlsx') -Script {
            $name = [System.Reflection.AssemblyName]'DocumentFormat.OpenXml, Version=2.5.0.0'
            $other = [System.Reflection.Emit.PersistedAssemblyBuilder]::new($name, [object].Assembly)
            $null = $other.DefineDynamicModule($name.Name).DefineType('DocumentFormat.OpenXml.OpenXmlElement', 'Public').CreateType()
            $other.Save($args[1])
            $null = [System.Reflection.Assembly]::LoadFrom($args[1])
            Import-Module $args[0]
            $row = Invoke-PoolBenchmark -Kind FreeList -ThreadCount 1 -IterationTime 0:0:0.005 -WarningAction SilentlyContinue
            $row | Export-PoolReport $args[2]
            [AppDomain]::CurrentDomain.GetAssemblies().GetName().Where({ $_.Name -eq 'DocumentFormat.OpenXml' }).Version.Major
        } | Sort-Object | Should -Be @(2, 3)
        Get-SheetName (Join-Path $TestDrive 'beside.xlsx') | Should -Contain 'Results'
    }
}

Describe 'ImportExcel' -Skip:(-not $hasImportExcel) {
    BeforeAll {
        Import-Module ImportExcel -WarningAction SilentlyContinue
    }

    It 'takes results as they are: numbers as numbers, dates as dates' {
        $path = Join-Path $TestDrive 'sweep.xlsx'
        $sweep | Export-Excel $path -TableName Sweep -AutoNameRange
        $package = Open-ExcelPackage $path
        try {
            $sheet = $package.Workbook.Worksheets[1]
            $column = @{}
            foreach ($i in 1..$sheet.Dimension.Columns) {
                $column[$sheet.Cells[1, $i].Text] = $i
            }

            $sheet.Tables['Sweep'] | Should -Not -BeNullOrEmpty
            $sheet.Cells[2, $column['OpsPerSec']].Value | Should -BeOfType [double]
            $sheet.Cells[2, $column['StartedUtc']].GetValue[datetime]().Date | Should -Be $sweep[0].StartedUtc.Date
            $sheet.Cells[2, $column['Kind']].Value | Should -Be 'KretPool'
            $sheet.Cells[2, $column['P99Ns']].Value | Should -BeNullOrEmpty
        } finally {
            Close-ExcelPackage $package -NoSave
        }
    }

    It 'reads the table of the report back' {
        $file = $sweep | Export-PoolReport (Join-Path $TestDrive 'back.xlsx') -PassThru
        $back = Import-Excel $file.FullName -WorksheetName Results
        $back.Kind | Should -Be $sweep.Kind
        $back[0].ThreadCount | Should -Be 1
    }
}
