#Requires -Version 7.6
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

# The module as it is published: the folder that build.ps1 stages in artifacts/module. Its tasks Pester and Package stage it;
# without it these tests are skipped.

[Diagnostics.CodeAnalysis.SuppressMessage('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'Pester reads them.')]
param()

BeforeDiscovery {
    $root = Split-Path -Parent $PSScriptRoot
    $staged = Test-Path (Join-Path $root 'artifacts/module/KretPool/KretPool.psd1')
    $platforms = 'linux-arm', 'linux-arm64', 'linux-musl-arm64', 'linux-musl-x64', 'linux-x64', 'osx-arm64', 'osx-x64', 'win-arm64', 'win-x64', 'win-x86'
    $hasPSResourceGet = $null -ne (Get-Module -ListAvailable Microsoft.PowerShell.PSResourceGet)
    if (-not $staged) {
        Write-Warning 'There is no artifacts/module/KretPool. ./build.ps1 makes it.'
    }
}

Describe 'The staged module' -Skip:(-not $staged) {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot 'Pwsh.psm1')
        $script:folder = Join-Path (Split-Path -Parent $PSScriptRoot) 'artifacts/module/KretPool'
        $script:manifestPath = Join-Path $folder 'KretPool.psd1'

        # A process that knows nothing of the checkout.
        function Invoke-CleanPwsh([string] $Manifest, [scriptblock] $Script) {
            Push-Location $TestDrive
            try {
                & (Get-PwshPath) -NoProfile -NonInteractive -Command $Script -args $Manifest
            } finally {
                Pop-Location
            }
        }

        # Touches every assembly and the native code: kinds of a package, a sweep, a history and a report.
        $script:useAll = {
            $ErrorActionPreference = 'Stop'
            Import-Module $args[0]
            $sweep = Invoke-PoolBenchmark -Kind DefaultObjectPool, KretPool -ThreadCount 1 -IterationCount 2 -IterationTime 0:0:0.01
            $sweep | Save-PoolResult -Path staged.db
            $saved = Get-PoolResult -Path staged.db
            $saved | Export-PoolReport staged.xlsx -Force
            Remove-Item staged.db*, staged.xlsx
            (Get-Command Get-PoolKind).Module.ModuleBase
            $saved.Kind -join ' '
            (Get-Help about_KretPool_Kinds).Length -gt 100
            (Get-Help Save-PoolResult).Synopsis
        }
    }

    It 'works in a clean process, from its own files' {
        $base, $kinds, $about, $synopsis = Invoke-CleanPwsh $manifestPath $useAll
        $base | Should -Be $folder
        $kinds | Should -Be 'DefaultObjectPool KretPool'
        $about | Should -BeTrue
        $synopsis | Should -BeLike 'Saves *'
    }

    It 'has a manifest that a gallery takes' {
        $manifest = Test-ModuleManifest $manifestPath -ErrorAction Stop
        $manifest.Description | Should -Not -BeNullOrEmpty
        $manifest.Author | Should -Not -BeNullOrEmpty
        $manifest.Tags | Should -Contain 'PSEdition_Core'
        $manifest.LicenseUri | Should -Not -BeNullOrEmpty
        $manifest.ReleaseNotes | Should -Not -BeNullOrEmpty
    }

    It 'exports what its manifest names, and nothing else' {
        $exported = Invoke-CleanPwsh $manifestPath { (Import-Module $args[0] -PassThru).ExportedCommands.Keys }
        $exported | Sort-Object | Should -Be ((Import-PowerShellDataFile $manifestPath).CmdletsToExport | Sort-Object)
    }

    It 'holds what is needed and no more' {
        $files = [System.IO.Directory]::EnumerateFiles($folder, '*', 'AllDirectories').ForEach({ [System.IO.Path]::GetRelativePath($folder, $_).Replace('\', '/') })
        $expected = '^(KretPool\.psd1|LICENSE|CHANGELOG\.md|bom\.json|ThirdPartyNotices\.txt|module/(formats/\w+\.format|types/\w+\.types)\.ps1xml|en-US/[\w.-]+\.(txt|xml)|lib/.+\.(dll|so|dylib))$'
        $files.Where({ $_ -notmatch $expected }) | Should -BeNullOrEmpty
        $files.ForEach({ Split-Path -Leaf $_ }).Where({ $_ -notmatch 'e_sqlite3' }) | Group-Object | Where-Object Count -GT 1 | Should -BeNullOrEmpty
    }

    It 'brings SQLite for <_>' -ForEach $platforms {
        Join-Path $folder "lib/Dependencies/runtimes/$_/native/*e_sqlite3.*" | Should -Exist
    }

    It 'brings SQLite for no platform that PowerShell does not run on' {
        (Get-ChildItem (Join-Path $folder 'lib/Dependencies/runtimes')).Name | Should -BeIn @(
            'linux-arm', 'linux-arm64', 'linux-musl-arm64', 'linux-musl-x64', 'linux-x64', 'osx-arm64', 'osx-x64', 'win-arm64', 'win-x64', 'win-x86')
    }

    It 'can be published to a repository, saved from there and used' -Skip:(-not $hasPSResourceGet) {
        $repository = New-Item -ItemType Directory (Join-Path $TestDrive 'repository')
        $saved = New-Item -ItemType Directory (Join-Path $TestDrive 'saved')
        Register-PSResourceRepository -Name KretPoolTest -Uri $repository.FullName -Trusted
        try {
            Publish-PSResource -Path $folder -Repository KretPoolTest
            Save-PSResource -Name KretPool -Repository KretPoolTest -Path $saved.FullName
        } finally {
            Unregister-PSResourceRepository -Name KretPoolTest
        }

        $manifest = Get-ChildItem $saved -Recurse -Filter KretPool.psd1
        $base, $kinds, $null = Invoke-CleanPwsh $manifest.FullName $useAll
        $base | Should -Be $manifest.DirectoryName
        $kinds | Should -Be 'DefaultObjectPool KretPool'
    }
}
