@{
    IncludeDefaultRules = $true
    Rules               = @{
        PSAvoidSemicolonsAsLineTerminators        = @{ Enable = $true }
        PSAvoidUsingPositionalParameters          = @{ Enable = $true; CommandAllowList = @('Invoke-DotNet') }
        PSPlaceCloseBrace                         = @{ Enable = $true; NewLineAfter = $false; NoEmptyLineBefore = $true }
        PSPlaceOpenBrace                          = @{ Enable = $true; OnSameLine = $true; NewLineAfter = $true }
        PSUseCompatibleSyntax                     = @{ Enable = $true; TargetVersions = @('7.6') }
        PSUseConsistentIndentation                = @{ Enable = $true; Kind = 'space'; IndentationSize = 4 }
        PSUseConsistentWhitespace                 = @{ Enable = $true; IgnoreAssignmentOperatorInsideHashTable = $true }
        PSUseCorrectCasing                        = @{ Enable = $true }
    }
}
