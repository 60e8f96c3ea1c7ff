<#
.SYNOPSIS
    Builds, tests and packages KretPool.
.DESCRIPTION
    Runs under pwsh 7.6 and under KretPool's own host alike, so it uses the language, .NET and the core cmdlets only.
    Everything it makes goes to the folder artifacts.

    Clean    deletes what builds have made
    Build    builds everything and stages the module in artifacts/module/KretPool
    Test     runs the tests that need no PowerShell on the machine
    Pester   runs the tests of the module in PowerShell; needs pwsh and the module Pester, and for the tests of Excel reports
             the module ImportExcel
    Soak     runs every kind of pool for a long time and checks that no object is lost, doubled or invented
    Package  leaves the module as the PowerShell Gallery takes it in artifacts/module/KretPool, and the packages of the
             .NET tool and of the engine in artifacts/packages
.EXAMPLE
    ./build.ps1 -Task Build, Test
.EXAMPLE
    dotnet run --project src/KretPool.Host -- build.ps1 -Task Package
#>
[Diagnostics.CodeAnalysis.SuppressMessage('PSReviewUnusedParameter', '', Justification = 'The functions below read them.')]
[CmdletBinding()]
param(
    # What to do, in this order. What a task needs is done before it.
    [Parameter(Position = 0)]
    [ValidateSet('Clean', 'Build', 'Test', 'Pester', 'Soak', 'Package')]
    [string[]] $Task = 'Build',

    # Numbers from a Debug build are worth nothing.
    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    # How many times the task Soak rents and returns with each kind.
    [ValidateRange(1, [long]::MaxValue)]
    [long] $SoakOperations = 1000000000
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$root = $PSScriptRoot
$artifacts = [System.IO.Path]::Combine($root, 'artifacts')
$stagedModule = [System.IO.Path]::Combine($artifacts, 'module', 'KretPool')
$packages = [System.IO.Path]::Combine($artifacts, 'packages')
$done = [System.Collections.Generic.HashSet[string]]::new()

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "'dotnet $($args -join ' ')' failed with exit code $LASTEXITCODE."
    }
}

function Clear-Folder([string] $Path) {
    if ([System.IO.Directory]::Exists($Path)) {
        [System.IO.Directory]::Delete($Path, $true)
    }
}

function Copy-Folder([string] $From, [string] $To) {
    foreach ($file in [System.IO.Directory]::EnumerateFiles($From, '*', 'AllDirectories')) {
        if ([System.IO.Path]::GetExtension($file) -ne '.pdb') {
            Copy-OneFile $file ([System.IO.Path]::Combine($To, [System.IO.Path]::GetRelativePath($From, $file)))
        }
    }
}

function Copy-OneFile([string] $From, [string] $To) {
    $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($To))
    [System.IO.File]::Copy($From, $To, $true)
}

function Invoke-Clean {
    Clear-Folder $artifacts
    Clear-Folder ([System.IO.Path]::Combine($root, 'lib'))
    Clear-Folder ([System.IO.Path]::Combine($root, 'en-US'))
    foreach ($project in [System.IO.Directory]::EnumerateFiles($root, '*.csproj', 'AllDirectories')) {
        $folder = [System.IO.Path]::GetDirectoryName($project)
        Clear-Folder ([System.IO.Path]::Combine($folder, 'obj'))

        # The host that runs this script cannot delete itself.
        $bin = [System.IO.Path]::Combine($folder, 'bin')
        if (-not [System.AppContext]::BaseDirectory.StartsWith($bin)) {
            Clear-Folder $bin
        }
    }
}

function Invoke-Build {
    Invoke-DotNet build ([System.IO.Path]::Combine($root, 'KretPool.slnx')) --configuration $Configuration
    Clear-Folder $stagedModule
    foreach ($folder in 'module/formats', 'module/types', 'lib', 'en-US') {
        Copy-Folder ([System.IO.Path]::Combine($root, $folder)) ([System.IO.Path]::Combine($stagedModule, $folder))
    }

    # The README stays out: it leads to pages that are in the repository alone, and Get-Help about_KretPool says the same.
    foreach ($name in 'KretPool.psd1', 'LICENSE', 'CHANGELOG.md') {
        Copy-OneFile ([System.IO.Path]::Combine($root, $name)) ([System.IO.Path]::Combine($stagedModule, $name))
    }

    $Host.UI.WriteLine("The module is in $stagedModule")
}

function Invoke-Test {
    Invoke-DotNet test ([System.IO.Path]::Combine($root, 'KretPool.slnx')) --configuration $Configuration
}

function Invoke-PesterTask {
    $missing = @('Pester', 'ImportExcel').Where({ -not (Get-Module -ListAvailable -Name $_) })
    $advice = "This machine lacks $($missing -join ' and '). In pwsh 7.6: Install-PSResource -Name $($missing -join ', ')"
    if ($missing -contains 'Pester') {
        throw "The task Pester cannot run. $advice"
    }

    if ($missing) {
        $Host.UI.WriteWarningLine("Tests that need it are skipped. $advice")
    }

    $result = Invoke-Pester -Path ([System.IO.Path]::Combine($root, 'tests')) -Output Detailed -PassThru
    if ($result.Result -ne 'Passed') {
        # Once more at the end, where a log that is cut short still has it.
        foreach ($test in $result.Failed) {
            $Host.UI.WriteErrorLine("$($test.ExpandedPath): $($test.ErrorRecord.DisplayErrorMessage -join '; ')")
        }

        throw "$($result.FailedCount) of $($result.TotalCount) Pester tests failed."
    }
}

function Invoke-Soak {
    Invoke-DotNet run --project ([System.IO.Path]::Combine($root, 'benchmarks', 'KretPool.Soak')) --configuration $Configuration -- $SoakOperations
}

# What the module ships of others: a bill of materials, and the notices that their licences ask for.
function Add-Inventory {
    $version = ([xml][System.IO.File]::ReadAllText([System.IO.Path]::Combine($root, 'Directory.Build.props'))).Project.PropertyGroup[0].Version
    $resolved = foreach ($project in 'KretPool.Analysis', 'KretPool.Peers') {
        [System.IO.Path]::Combine($root, 'src', $project, 'obj', 'project.assets.json')
    }

    Invoke-DotNet run --project ([System.IO.Path]::Combine($root, 'tools', 'KretPool.Inventory')) --configuration $Configuration -- KretPool $version $stagedModule @resolved
}

function Invoke-Package {
    Add-Inventory
    Clear-Folder $packages
    foreach ($project in 'KretPool.Host', 'KretPool') {
        Invoke-DotNet pack ([System.IO.Path]::Combine($root, 'src', $project)) --configuration $Configuration --output $packages
    }

    $size = 0
    foreach ($file in [System.IO.Directory]::EnumerateFiles($stagedModule, '*', 'AllDirectories')) {
        $size += [System.IO.FileInfo]::new($file).Length
    }

    $Host.UI.WriteLine(('The module takes {0:0.0} MiB. The packages are in {1}' -f ($size / 1MB), $packages))
}

function Invoke-TaskOnce([string] $Name) {
    if ($done.Add($Name)) {
        switch ($Name) {
            'Clean' { Invoke-Clean }
            'Build' { Invoke-Build }
            'Test' { Invoke-Test }
            'Pester' { Invoke-TaskOnce Build; Invoke-PesterTask }
            'Soak' { Invoke-Soak }
            'Package' { Invoke-TaskOnce Build; Invoke-Package }
        }
    }
}

foreach ($name in $Task) {
    Invoke-TaskOnce $name
}
