#Requires -Version 7.6
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

# Runs every example of the pages in docs/cmdlets as it stands there, and holds the output on the page against what comes
# out now: numbers change, the columns of a table and the names of a list do not.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '../tools/HelpExample.psm1') -Force
    $script:examples = Get-HelpExample
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../KretPool.psd1'), (Join-Path $PSScriptRoot '../tools/HelpExample.psm1')
    Set-StrictMode -Version Latest

    function Get-Shape([string] $Text) {
        $lines = $Text -split '\r?\n'
        for ($i = 1; $i -lt $lines.Count; $i++) {
            if ($lines[$i] -match '^[\s-]*--[\s-]*$') {
                ($lines[$i - 1].Trim() -split '\s+') -join ' '
            }
        }

        [regex]::Matches($Text, '(?m)^(?<name>\w+)\s+:( |\r?$)').ForEach({ $_.Groups['name'].Value })
    }
}

Describe '<Cmdlet>, <Title>' -ForEach $examples {
    It 'runs without an error and shows what the page shows' {
        $shown = Invoke-HelpExample $_ -Quick
        if ($Output) {
            Get-Shape $shown | Should -Be (Get-Shape $Output)
        }
    }
}
