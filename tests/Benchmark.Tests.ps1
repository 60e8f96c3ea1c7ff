#Requires -Version 7.6
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

# Invoke-PoolBenchmark as an operator uses it. What it measures is not judged here: the machine may be busy.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../KretPool.psd1')
    Set-StrictMode -Version Latest
    $script:short = @{
        IterationTime  = [timespan]::FromMilliseconds(5)
        WarmupTime     = [timespan]::FromMilliseconds(2)
        IterationCount = 3
        WarningAction  = 'SilentlyContinue'
    }
    $script:tooMany = [Environment]::ProcessorCount + 1000
}

Describe 'Invoke-PoolBenchmark' {
    It 'gives a row for each trial, block after block, in the order of the kinds' {
        $rows = Invoke-PoolBenchmark -Kind FreeList, KretPool -ThreadCount 1 -Workload NonBlocking, Bulk @short
        $rows.Kind | Should -Be @('FreeList', 'KretPool', 'FreeList', 'KretPool')
        $rows.Workload | Should -Be @('NonBlocking', 'NonBlocking', 'Bulk', 'Bulk')
        $rows | ForEach-Object { $_.OpsPerSec | Should -BeGreaterThan 0 }
    }

    It 'takes kinds from the pipeline' {
        $rows = Get-PoolKind FreeList, KretPool | Invoke-PoolBenchmark -ThreadCount 1 @short
        $rows.Kind | Should -Be @('FreeList', 'KretPool')
    }

    It 'writes each block before the next one starts' {
        $first = Invoke-PoolBenchmark -Kind FreeList -ThreadCount 1 -Capacity 4, 8, 16 @short | Select-Object -First 1
        $first.Capacity | Should -Be 4
    }

    It 'measures nothing with -WhatIf' {
        Invoke-PoolBenchmark -Kind FreeList -ThreadCount 1 -WhatIf | Should -BeNullOrEmpty
    }

    It 'runs without a parameter, on the plan' {
        { Invoke-PoolBenchmark -WhatIf } | Should -Not -Throw
    }

    It 'stops on Ctrl+C with what was complete, and can run again' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript('Import-Module $args[0]; Invoke-PoolBenchmark -Kind FreeList -ThreadCount 1 -Capacity (1..500) -IterationTime 0:0:0.02 -IterationCount 3 -WarningAction SilentlyContinue').AddArgument((Join-Path $PSScriptRoot '../KretPool.psd1'))
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $running = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
        while ($output.Count -eq 0 -and -not $running.IsCompleted) {
            Start-Sleep -Milliseconds 10
        }

        $shell.Stop()
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $output.Count | Should -BeGreaterThan 0
        $output.Count | Should -BeLessThan 500
        $shell.Commands.Clear()
        $null = $shell.AddScript('Invoke-PoolBenchmark -Kind FreeList -ThreadCount 1 -IterationTime 0:0:0.005 -WarningAction SilentlyContinue')
        $shell.Invoke().Count | Should -Be 1
        $shell.Dispose()
    }

    It 'leaves no thread and no affinity behind' -Skip:(-not $IsLinux) {
        $before = (Get-Content /proc/self/status) -match '^Cpus_allowed_list'
        $null = Invoke-PoolBenchmark -Kind KretPool -ThreadCount 1 @short
        (Get-Content /proc/self/status) -match '^Cpus_allowed_list' | Should -Be $before
        @(Get-Item /proc/self/task/*/comm | Get-Content) -match 'Pool' | Should -BeNullOrEmpty
    }

    It 'completes <Parameter> with <Value>' -ForEach @(
        @{ Parameter = 'Kind'; Value = 'KretPool' }
        @{ Parameter = 'Workload'; Value = 'NonBlocking' }
        @{ Parameter = 'Placement'; Value = 'Compact' }
        @{ Parameter = 'Suite'; Value = 'Published' }
        @{ Parameter = 'NumaNode'; Value = '0' }
        @{ Parameter = 'Cpu'; Value = '0' }
    ) {
        $line = "Invoke-PoolBenchmark -$Parameter $($Value[0])"
        $match = (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.Where({ $_.CompletionText -eq $Value })
        $match.Count | Should -Be 1
        $match[0].ToolTip | Should -Not -Be $Value -Because 'the tooltip says more than the name'
    }

    It 'is an error by id when <What>' -ForEach @(
        @{ What = 'a kind is unknown'; Id = 'UnknownPoolKind'; Script = { Invoke-PoolBenchmark -Kind Nothing } }
        @{ What = 'there is no thread'; Id = 'InvalidThreadCount'; Script = { Invoke-PoolBenchmark -ThreadCount 0 } }
        @{ What = 'there are too many threads'; Id = 'InvalidThreadCount'; Script = { Invoke-PoolBenchmark -ThreadCount $tooMany } }
        @{ What = 'the pool is empty'; Id = 'InvalidCapacity'; Script = { Invoke-PoolBenchmark -Capacity 0 } }
    ) {
        $Script | Should -Throw -ErrorId "$Id,*"
    }
}

Describe 'A result' {
    BeforeAll {
        $script:row = Invoke-PoolBenchmark -Kind KretPool -ThreadCount 1 @short
    }

    It 'is flat: every property is a scalar or null' {
        foreach ($property in $row.psobject.Properties) {
            if ($null -ne $property.Value) {
                $property.Value.GetType().IsValueType -or $property.Value -is [string] | Should -BeTrue -Because $property.Name
            }
        }
    }

    It 'comes back from <Way> with the same values' -ForEach @(
        @{ Way = 'CLIXML'; Through = { $_ | Export-Clixml TestDrive:/row.xml; Import-Clixml TestDrive:/row.xml } }
        @{ Way = 'JSON'; Through = { $_ | ConvertTo-Json | ConvertFrom-Json } }
        @{ Way = 'remoting'; Through = { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($_)) } }
    ) {
        $back = $row | ForEach-Object $Through
        foreach ($name in 'Kind', 'ThreadCount', 'OpsPerSec', 'SamplesOpsPerSec', 'TopologyDigest') {
            $back.$name | Should -Be $row.$name -Because $name
        }
    }

    It 'comes back from CSV with the same text' {
        $row | Export-Csv TestDrive:/row.csv
        $back = Import-Csv TestDrive:/row.csv
        $back.Kind | Should -Be $row.Kind
        [double]$back.OpsPerSec | Should -Be $row.OpsPerSec
    }

    It 'shows above its table the conditions that no column shows' {
        $PSStyle.OutputRendering = 'PlainText'
        $rows = Invoke-PoolBenchmark -Kind KretPool -ThreadCount 1 -Workload Bulk -BulkSize 4, 16 -InterruptInterval 5ms @short
        ($rows | Out-String) | Should -Match '(?s)   4 in a row, interrupted every 5 ms.*KretPool.*   16 in a row, interrupted every 5 ms.*KretPool'
        ($row | Out-String) | Should -Not -Match 'in a row|placement|NUMA'
    }

    It 'shows its columns with units within 100 columns' {
        $PSStyle.OutputRendering = 'PlainText'
        $lines = ($row | Out-String -Width 200) -split '\r?\n'
        ($lines | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 100
        $lines -join "`n" | Should -Match '\d M/s'
    }
}
