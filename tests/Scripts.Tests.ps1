#Requires -Version 7.6
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

# What PSScriptAnalyzer finds in the scripts and manifests of the repository, with the settings at its root.

[Diagnostics.CodeAnalysis.SuppressMessage('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'Pester reads them.')]
param()

BeforeDiscovery {
    $root = Split-Path -Parent $PSScriptRoot
    $scripts = foreach ($file in Get-ChildItem -Path $root -Recurse -File -Force -Include *.ps1, *.psm1, *.psd1) {
        $name = [System.IO.Path]::GetRelativePath($root, $file.FullName).Replace('\', '/')
        if ($name -notmatch '(^|/)(\.git|bin|obj|lib|artifacts|TestResults)/') {
            @{ Path = $file.FullName; Name = $name }
        }
    }
    $hasAnalyzer = $null -ne (Get-Module -ListAvailable PSScriptAnalyzer)
}

Describe 'Scripts and manifests' {
    BeforeAll {
        $script:settings = Join-Path (Split-Path -Parent $PSScriptRoot) 'PSScriptAnalyzerSettings.psd1'
    }

    It 'gives PSScriptAnalyzer nothing to say about <Name>' -ForEach $scripts -Skip:(-not $hasAnalyzer) {
        $found = Invoke-ScriptAnalyzer -Path $Path -Settings $settings
        $found | ForEach-Object { '{0}:{1} {2}: {3}' -f $Name, $_.Line, $_.RuleName, $_.Message } | Should -BeNullOrEmpty
    }
}
