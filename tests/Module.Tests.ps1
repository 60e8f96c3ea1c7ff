#Requires -Version 7.6
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

# The module as a whole: importing it, what its manifest promises, and the company it keeps.

[Diagnostics.CodeAnalysis.SuppressMessage('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'Pester reads them.')]
param()

BeforeDiscovery {
    $manifest = Import-PowerShellDataFile (Join-Path (Split-Path -Parent $PSScriptRoot) 'KretPool.psd1')
    $cmdlets = $manifest.CmdletsToExport | ForEach-Object { @{ Cmdlet = $_ } }
    $hasImportExcel = $null -ne (Get-Module -ListAvailable ImportExcel)
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Pwsh.psm1')
    $script:manifestPath = Join-Path (Split-Path -Parent $PSScriptRoot) 'KretPool.psd1'
    Import-Module $manifestPath
    Set-StrictMode -Version Latest

    # A process of its own, for what cannot be undone in this one: assemblies stay loaded.
    function Invoke-FreshPwsh([scriptblock] $Script) {
        & (Get-PwshPath) -NoProfile -NonInteractive -Command $Script -args $manifestPath
    }
}

Describe 'Importing' {
    It 'works again after removal, twice' {
        Invoke-FreshPwsh {
            foreach ($time in 1..3) {
                Import-Module $args[0]
                (Get-PoolKind DefaultObjectPool).Name
                Remove-Module KretPool
            }
        } | Should -Be @('DefaultObjectPool', 'DefaultObjectPool', 'DefaultObjectPool')
    }

    It 'leaves no command behind when it is removed' {
        Invoke-FreshPwsh {
            Import-Module $args[0]
            Remove-Module KretPool
            @(Get-Command -Module KretPool*).Count
        } | Should -Be 0
    }

    It 'works under strict mode' {
        Invoke-FreshPwsh {
            Set-StrictMode -Version Latest
            $ErrorActionPreference = 'Stop'
            Import-Module $args[0]
            (Get-PoolKind ConcurrentBag).Name
        } | Should -Be 'ConcurrentBag'
    }

    It 'works in several runspaces at once' {
        $names = 1..8 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:manifestPath
            (Get-PoolKind DefaultObjectPool).Name
        }
        $names | Should -Be (@('DefaultObjectPool') * 8)
    }

    It 'works in a job' {
        $job = Start-Job { Import-Module $args[0]; (Get-PoolKind DefaultObjectPool).Name } -ArgumentList $manifestPath
        $job | Receive-Job -Wait -AutoRemoveJob | Should -Be 'DefaultObjectPool'
    }

    It 'brings none of its packages into the context that modules share' {
        Invoke-FreshPwsh {
            Import-Module $args[0]
            $null = Get-PoolKind
            $shared = [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.GetName().Name
            $shared -match '^(DocumentFormat|Microsoft\.Data\.Sqlite|Microsoft\.Extensions\.ObjectPool|MathNet|KretPool\.[AP])'
        } | Should -BeNullOrEmpty
    }

    It 'gets along with ImportExcel, whichever comes first' -Skip:(-not $hasImportExcel) {
        Invoke-FreshPwsh {
            Import-Module ImportExcel -WarningAction SilentlyContinue
            Import-Module $args[0]
            (Get-PoolKind ConcurrentBag).Name
            Remove-Module KretPool, ImportExcel
            Import-Module $args[0]
            Import-Module ImportExcel -WarningAction SilentlyContinue
            (Get-PoolKind ConcurrentBag).Name
        } | Should -Be @('ConcurrentBag', 'ConcurrentBag')
    }
}

Describe 'The manifest' {
    It 'is valid' {
        Test-ModuleManifest $manifestPath -WarningVariable warning -ErrorAction Stop | Should -Not -BeNullOrEmpty
        $warning | Should -BeNullOrEmpty
    }

    It 'names every export, with no wildcard to search for' {
        $data = Import-PowerShellDataFile $manifestPath
        foreach ($list in 'FunctionsToExport', 'CmdletsToExport', 'VariablesToExport', 'AliasesToExport') {
            $data.ContainsKey($list) | Should -BeTrue -Because $list
            $data[$list] | Should -Not -Match '\*' -Because $list
        }
    }

    It 'names files that are there' {
        $root = Split-Path -Parent $manifestPath
        $data = Import-PowerShellDataFile $manifestPath
        foreach ($file in @($data.RootModule) + @($data.FormatsToProcess)) {
            Join-Path $root $file | Should -Exist
        }
    }
}

Describe '<Cmdlet>' -ForEach $cmdlets {
    BeforeAll {
        $script:command = Get-Command $Cmdlet -Module KretPool*
    }

    It 'has an approved verb' {
        (Get-Verb).Verb | Should -Contain $command.Verb
    }

    It 'says what it writes, if it writes anything' -Skip:($Cmdlet -like 'Remove-*') {
        $command.OutputType | Should -Not -BeNullOrEmpty
    }

    It 'has help with a synopsis, a description and an example' {
        $help = Get-Help $Cmdlet -Full
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.description | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterThan 0
    }

    It 'takes -LiteralPath wherever it takes -Path for reading' {
        $path = $command.Parameters['Path']
        if ($path -and $path.Attributes.Where({ $_ -is [SupportsWildcards] })) {
            $command.Parameters.Keys | Should -Contain 'LiteralPath'
        }
    }
}
