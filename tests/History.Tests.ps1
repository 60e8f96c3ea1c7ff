#Requires -Version 7.6
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

# Save-, Get- and Import-PoolResult, and what is read out of many results: regressions, scaling, capacity.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../KretPool.psd1')
    Set-StrictMode -Version Latest

    $script:sweep = Invoke-PoolBenchmark -Kind KretPool, FreeList -ThreadCount 1 -IterationTime 0:0:0.005 -WarningAction SilentlyContinue

    # The sweep as of another night, at another speed, as a new run.
    function Get-Night([int] $Day, [double] $Factor = 1) {
        $run = [guid]::NewGuid()
        foreach ($row in [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($sweep))) {
            $row.RunId = $run
            $row.StartedUtc = [datetime]::new(2026, 1, $Day, 2, 0, 0, [System.DateTimeKind]::Utc)
            $samples = 1..10 | ForEach-Object { (1e6 + 500 * (($_ * $Day) % 7)) * $Factor }
            $row.OpsPerSec = ($samples | Measure-Object -Average).Average
            $row.SamplesOpsPerSec = $samples.ForEach({ [long]$_ }) -join ';'
            $row
        }
    }

    function Get-Completion([string] $Line) {
        (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText
    }
}

Describe 'A history' {
    BeforeEach {
        $script:database = Join-Path $TestDrive "$([guid]::NewGuid()).db"
    }

    It 'gives back what was saved, as good as live' {
        $sweep | Save-PoolResult $database
        $back = Get-PoolResult $database
        $back.Kind | Sort-Object | Should -Be @('FreeList', 'KretPool')
        ($back | Compare-PoolResult -BaselineKind FreeList).Ratio | Should -Be ($sweep | Compare-PoolResult -BaselineKind FreeList).Ratio
    }

    It 'does not save a result twice' {
        $sweep | Save-PoolResult $database
        $sweep | Save-PoolResult $database -WarningAction SilentlyContinue -WarningVariable said
        @(Get-PoolResult $database).Count | Should -Be 2
        $said | Should -Not -BeNullOrEmpty
    }

    It 'knows a result again that comes back from <How>' -TestCases @(
        @{ How = 'Export-Csv'; Extension = 'csv'; Write = { $args[0] | Export-Csv $args[1] } }
        @{ How = 'ConvertTo-Json'; Extension = 'json'; Write = { $args[0] | ConvertTo-Json | Set-Content $args[1] } }
        @{ How = 'Export-Clixml'; Extension = 'xml'; Write = { $args[0] | Export-Clixml $args[1] } }
    ) {
        $sweep | Save-PoolResult $database
        $file = Join-Path $TestDrive "again.$Extension"
        & $Write $sweep $file
        Import-PoolResult $file | Save-PoolResult $database -WarningAction SilentlyContinue
        @(Get-PoolResult $database).Count | Should -Be 2
    }

    It 'passes results on with -PassThru' {
        ($sweep | Save-PoolResult $database -PassThru).Kind | Should -Be $sweep.Kind
    }

    It 'is filtered by kind, time and the last runs' {
        1..4 | ForEach-Object { Get-Night $_ } | Save-PoolResult $database
        (Get-PoolResult $database -Kind Free*).Kind | Sort-Object -Unique | Should -Be 'FreeList'
        @(Get-PoolResult $database -Since 2026-01-03).Count | Should -Be 4
        @(Get-PoolResult $database -Until 2026-01-02).Count | Should -Be 2
        (Get-PoolResult $database -Last 2).RunId | Sort-Object -Unique | Should -HaveCount 2
    }

    It 'completes the kinds and runs that it holds' {
        $sweep | Save-PoolResult $database
        Get-Completion "Get-PoolResult '$database' -Kind Kr" | Should -Be 'KretPool'
        Get-Completion "Get-PoolResult '$database' -RunId " | Should -Match ([string]$sweep[0].RunId)
    }

    It 'completes from a path relative to the current location, and says what there is of each value' {
        $sweep | Save-PoolResult $database
        Push-Location $TestDrive
        try {
            $line = "Get-PoolResult $(Split-Path -Leaf $database) -HostName "
            $match = (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches
            $match.CompletionText | Should -Be $sweep[0].HostName
            $match.ToolTip | Should -BeLike '2 results of*'
        } finally {
            Pop-Location
        }
    }

    It 'is not made by -WhatIf' {
        $sweep | Save-PoolResult $database -WhatIf
        $database | Should -Not -Exist
    }

    It 'leaves a file alone that is none' {
        Set-Content $database 'not a history' -NoNewline
        { $sweep | Save-PoolResult $database } | Should -Throw -ErrorId 'CannotOpenDatabase,*'
        { Get-PoolResult $database -ErrorAction Stop } | Should -Throw -ErrorId 'CannotReadDatabase,*'
        Get-Content $database | Should -Be 'not a history'
    }

    It 'takes results from several processes at once' {
        1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:PSScriptRoot/../KretPool.psd1
            $database = $using:database
            foreach ($row in $using:sweep) {
                $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($row))
                $copy.RunId = [guid]::NewGuid()
                $copy | Save-PoolResult $database
            }
        }
        @(Get-PoolResult $database).Count | Should -Be 8
    }
}

Describe 'Find-PoolRegression' {
    It 'finds the night on which a pool became slower' {
        $nights = @(1..8 | ForEach-Object { Get-Night $_ }) + @(9..14 | ForEach-Object { Get-Night $_ 0.8 })
        $change = $nights | Find-PoolRegression
        $change.Kind | Sort-Object | Should -Be @('FreeList', 'KretPool')
        $change.ChangedUtc.Day | Sort-Object -Unique | Should -Be 9
        $change | ForEach-Object { $_.Ratio | Should -BeLessThan 0.85 }
    }

    It 'finds nothing where nothing changed' {
        1..12 | ForEach-Object { Get-Night $_ } | Find-PoolRegression | Should -BeNullOrEmpty
    }
}

Describe 'Import-PoolResult' {
    It 'reads <Kind> files' -ForEach @(
        @{ Kind = 'CSV'; Name = 'sweep.csv'; Write = { $sweep | Export-Csv $args[0] } }
        @{ Kind = 'JSON'; Name = 'sweep.json'; Write = { $sweep | ConvertTo-Json | Set-Content $args[0] } }
        @{ Kind = 'JSON lines'; Name = 'sweep.jsonl'; Write = { $sweep | ForEach-Object { $_ | ConvertTo-Json -Compress } | Set-Content $args[0] } }
        @{ Kind = 'CLIXML'; Name = 'sweep.xml'; Write = { $sweep | Export-Clixml $args[0] } }
    ) {
        $path = Join-Path $TestDrive $Name
        & $Write $path
        $back = Import-PoolResult $path
        $back.Kind | Should -Be $sweep.Kind
        $back[0].OpsPerSec | Should -Be $sweep[0].OpsPerSec
        [Math]::Abs(($back[0].StartedUtc.ToUniversalTime() - $sweep[0].StartedUtc).TotalSeconds) | Should -BeLessThan 1
    }

    It 'names a file that it cannot read, and goes on' {
        $junk = New-Item (Join-Path $TestDrive 'junk.csv') -Value "a,b`n1,2"
        $sweep | Export-Csv (Join-Path $TestDrive 'kept.csv')
        $back = Import-PoolResult $junk.FullName, (Join-Path $TestDrive 'kept.csv') -ErrorVariable problem -ErrorAction SilentlyContinue
        @($back).Count | Should -Be 2
        $problem.TargetObject | Should -Be $junk.FullName
    }
}

Describe 'Measure-PoolScaling' {
    It 'gives speed-up and efficiency, and makes no claim with too few thread counts' {
        ($sweep | Measure-PoolScaling -PerThreadCount).Efficiency | Sort-Object -Unique | Should -Be 1
        $fit = $sweep | Measure-PoolScaling
        $fit.HasClaim | Sort-Object -Unique | Should -BeFalse
        $fit[0].Reason | Should -Not -BeNullOrEmpty
    }
}

Describe 'Measure-PoolCapacity' {
    It 'finds that one thread needs one object' {
        $estimate = Measure-PoolCapacity -Kind KretPool -ThreadCount 1 -IterationTime 0:0:0.01
        $estimate.MeasuredCapacity | Should -Be 1
        $estimate.Reason | Should -BeLike '1 object was enough in trials;*'
    }
}
