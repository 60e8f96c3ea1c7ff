#Requires -Version 7.6
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

# Get-CpuTopology and Export-CpuTopology as an operator uses them.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../KretPool.psd1')
    Set-StrictMode -Version Latest
}

Describe 'Get-CpuTopology' {
    It 'reads this machine when nothing is asked' {
        $machine = Get-CpuTopology
        $machine.OnlineCpus | Should -Not -BeNullOrEmpty
        $machine.Cpus.Count | Should -BeGreaterOrEqual ([Environment]::ProcessorCount)
    }

    It 'gives the same digest twice' {
        (Get-CpuTopology).Digest | Should -Be (Get-CpuTopology).Digest
    }

    It 'fits its view into 80 columns' {
        $PSStyle.OutputRendering = 'PlainText'
        $lines = (Get-CpuTopology | Out-String -Width 200) -split '\r?\n'
        ($lines | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'shows the properties that are asked for instead of its view' {
        Get-CpuTopology | Format-Table -Property Digest | Out-String | Should -Not -Match 'Architecture'
        Get-CpuTopology | Format-List -Property * | Out-String | Should -Match 'MemoryTotalBytes'
    }

    It 'pipes its lists on' {
        @(Get-CpuTopology | Select-Object -ExpandProperty Cpus).Id | Should -Contain 0
    }

    It 'draws the machine in lines of text' {
        Get-CpuTopology -AsTree | Should -BeOfType [string]
    }

    It 'names the path of a capture that is not there' {
        $found = Get-CpuTopology -Path (Join-Path $TestDrive 'none.tar.gz') -ErrorVariable problem -ErrorAction SilentlyContinue
        $found | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -Be 'PathNotFound,KretPool.Cmdlets.GetCpuTopologyCommand'
        $problem.TargetObject | Should -BeLike '*none.tar.gz'
    }

    It 'reports a file that is no capture and goes on with the next' {
        $junk = New-Item (Join-Path $TestDrive 'a-junk.tar.gz') -Value 'no archive'
        Export-CpuTopology (Join-Path $TestDrive 'b-good.tar.gz')
        $found = Get-CpuTopology (Join-Path $TestDrive '*.tar.gz') -ErrorVariable problem -ErrorAction SilentlyContinue
        @($found).Count | Should -Be 1
        $problem.FullyQualifiedErrorId | Should -Be 'InvalidCapture,KretPool.Cmdlets.GetCpuTopologyCommand'
        $problem.TargetObject | Should -Be $junk.FullName
    }

    It 'is shown after remoting and CLIXML as it was before' {
        $live = Get-CpuTopology
        $live | Export-Clixml (Join-Path $TestDrive live.xml)
        $copy = Import-Clixml (Join-Path $TestDrive live.xml)
        $copy | Should -Not -BeOfType ([KretPool.Topology.CpuTopology])
        foreach ($part in { $_ }, { $_.Nodes }, { $_.Cpus }, { $_.Cores }, { $_.Caches }) {
            $copy | ForEach-Object $part | Out-String | Should -Be ($live | ForEach-Object $part | Out-String)
        }
    }
}

Describe 'Export-CpuTopology' {
    It 'writes a capture that reads back equal' {
        $capture = Export-CpuTopology (Join-Path $TestDrive 'this.zip') -PassThru
        ($capture | Get-CpuTopology).Digest | Should -Be (Get-CpuTopology).Digest
    }

    It 'leaves the name of this machine out' {
        $folder = Join-Path $TestDrive 'opened'
        $capture = Export-CpuTopology (Join-Path $TestDrive 'named.zip') -PassThru
        Expand-Archive -LiteralPath $capture.FullName -DestinationPath $folder
        Get-ChildItem $folder -Recurse -File | Select-String -SimpleMatch ([Environment]::MachineName) -CaseSensitive |
            Where-Object { $_.Line -match "\b$([regex]::Escape([Environment]::MachineName))\b" } | Should -BeNullOrEmpty
    }

    It 'writes nothing with -WhatIf' {
        Export-CpuTopology (Join-Path $TestDrive 'not.tar.gz') -WhatIf
        Join-Path $TestDrive 'not.tar.gz' | Should -Not -Exist
    }

    It 'keeps an archive that exists with -NoClobber' {
        $path = Join-Path $TestDrive 'kept.tar.gz'
        Set-Content $path 'mine' -NoNewline
        { Export-CpuTopology $path -NoClobber } | Should -Throw -ErrorId 'CaptureExists,*'
        Get-Content $path | Should -Be 'mine'
    }

    It 'replaces an archive that is read-only with -Force alone' {
        $path = Join-Path $TestDrive 'locked.tar.gz'
        Set-Content $path 'mine' -NoNewline
        Set-ItemProperty $path -Name IsReadOnly -Value $true
        { Export-CpuTopology $path } | Should -Throw -ErrorId 'CaptureReadOnly,*'
        Get-Content $path | Should -Be 'mine'
        Export-CpuTopology $path -Force
        (Get-CpuTopology $path).Digest | Should -Be (Get-CpuTopology).Digest
    }

    It 'names the folder that is not there' {
        $path = Join-Path $TestDrive 'no/such/folder/x.tar.gz'
        { Export-CpuTopology $path } | Should -Throw -ErrorId 'CaptureNotWritten,*' -ExpectedMessage '*no*such*folder*'
    }

    It 'follows the current location and PowerShell drives' {
        Push-Location $TestDrive
        try {
            Export-CpuTopology relative.tar
        } finally {
            Pop-Location
        }

        Join-Path $TestDrive 'relative.tar' | Should -Exist
        (Get-CpuTopology TestDrive:/relative.tar).Digest | Should -Be (Get-CpuTopology).Digest
    }
}
