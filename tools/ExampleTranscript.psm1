# The transcripts in examples/expected: reading them, and running their commands again.
#
# A transcript has the commands after 'PS> ', each with what it showed below it, and '(exit code 2)' where that is not 0.
# Lines that start with '#' say how it was made; one whose first line starts with '# Not run again' needs more than one
# machine has. 'PS> $env:NAME = 'value'' holds for the commands below it.

$script:root = Split-Path -Parent $PSScriptRoot
$script:examples = Join-Path $script:root 'examples'
Import-Module (Join-Path $script:root 'tests/Pwsh.psm1')

function Get-ExampleTranscript {
    <#
        .SYNOPSIS
        Reads the transcript of one example, or of all.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([string] $Name = '*')

    foreach ($file in Get-ChildItem (Join-Path $script:examples "expected/$Name.txt")) {
        $lines = [System.IO.File]::ReadAllLines($file.FullName)
        $commands = @($lines | Where-Object { $_.StartsWith('PS> ') } | ForEach-Object Substring 4)
        $scripts = @($commands | ForEach-Object { if ($_ -match '\./(?<name>[\w/-]+\.ps1)') { $Matches.name } } | Select-Object -Unique)
        @{
            Name      = $file.BaseName
            Path      = $file.FullName
            Remark    = @($lines | Where-Object { $_.StartsWith('#') })
            Commands  = $commands
            Text      = $lines -join "`n"
            Runnable  = $lines[0] -notlike '# Not run again*'
            NeedsPwsh = $null -ne ($scripts | Where-Object { (Get-Content (Join-Path $script:examples $_) -TotalCount 3) -match '^#Requires' })
        }
    }
}

function Invoke-ExampleTranscript {
    <#
        .SYNOPSIS
        Runs the commands of a transcript in an empty folder, each in a process of its own, and gives the transcript anew.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)] [hashtable] $Transcript,

        # Keeps measurements short.
        [switch] $Quick,

        # Runs all in pwsh; otherwise kretpool runs what it can.
        [switch] $InPwsh
    )

    $program = if ($InPwsh -or $Transcript.NeedsPwsh) {
        Get-PwshPath
    } else {
        Join-Path $script:root "src/KretPool.Host/bin/Release/net10.0/kretpool$($IsWindows ? '.exe' : '')"
    }
    $folder = [System.IO.Directory]::CreateTempSubdirectory('kretpool-example-').FullName
    $environment = @{ NO_COLOR = '1' }
    try {
        $lines = foreach ($command in $Transcript.Commands) {
            "PS> $command"
            if ($command -match '^\$env:(?<name>\w+) = ''(?<value>[^'']*)''$') {
                $environment[$Matches.name] = $Matches.value
            } else {
                Invoke-TranscriptCommand -Program $program -Command (Resolve-TranscriptCommand $command $Quick) -Folder $folder -Environment $environment
            }

            ''
        }

        (($Transcript.Remark + $lines) -join "`n").TrimEnd() + "`n"
    } finally {
        Remove-Item -LiteralPath $folder -Recurse -Force
    }
}

function Resolve-TranscriptCommand([string] $Command, [bool] $Quick) {
    if ($Command -notmatch '\./(?<name>[\w/-]+\.ps1)') {
        return $Command
    }

    $path = Join-Path $script:examples $Matches.name
    $resolved = $Command.Replace("./$($Matches.name)", "& '$path'")
    if ($Quick) {
        # Short measurements are noisy: no night is to be called slower.
        $parameters = (Get-Command $path).Parameters
        $short = [ordered] @{ IterationTime = '5ms'; ThresholdPercent = 99 }
        foreach ($name in $short.Keys.Where({ $parameters.ContainsKey($_) -and $Command -notmatch "-$_\b" })) {
            $resolved += " -$name $($short[$name])"
        }
    }

    $resolved
}

function Invoke-TranscriptCommand([string] $Program, [string] $Command, [string] $Folder, [hashtable] $Environment) {
    $start = [System.Diagnostics.ProcessStartInfo]::new($Program)
    $start.WorkingDirectory = $Folder
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.RedirectStandardInput = $true
    $module = Join-Path $script:root 'KretPool.psd1'
    foreach ($argument in '-NoProfile', '-NonInteractive', '-Command', "Import-Module '$module'; & { $Command } | Out-Host; exit `$LASTEXITCODE") {
        $start.ArgumentList.Add($argument)
    }

    foreach ($name in $Environment.Keys) {
        $start.Environment[$name] = $Environment[$name]
    }

    $process = [System.Diagnostics.Process]::Start($start)
    $process.StandardInput.Close()
    $problems = $process.StandardError.ReadToEndAsync()
    $shown = $process.StandardOutput.ReadToEnd() + $problems.Result
    $process.WaitForExit()
    $plain = $shown -replace '\x1b\[[0-9;]*m' -replace '[ \t\r]+(?=\n)' -replace '\n{3,}', "`n`n"
    $plain.Trim("`n", "`r").Replace($Folder, '.').Replace($script:examples + [System.IO.Path]::DirectorySeparatorChar, '')
    if ($process.ExitCode -ne 0) {
        "(exit code $($process.ExitCode))"
    }
}

Export-ModuleMember -Function Get-ExampleTranscript, Invoke-ExampleTranscript
