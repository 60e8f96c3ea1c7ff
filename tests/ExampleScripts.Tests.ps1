#Requires -Version 7.6
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

# The scripts in examples, in PowerShell: their transcripts, the fleet over SSH and without it, the timers of the nightly
# sweep. What the nightly sweep does from one night to the next is tested with kretpool, in NightlySweepTests.

[Diagnostics.CodeAnalysis.SuppressMessage('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'Pester reads them.')]
param()

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot '../tools/ExampleTranscript.psm1') -Force
    $script:transcripts = Get-ExampleTranscript | Where-Object Runnable
    $hasSshServer = $IsLinux -and (Test-Path /usr/sbin/sshd) -and (Get-Command ssh-keygen -ErrorAction Ignore)
    $hasSystemd = $null -ne (Get-Command systemd-analyze -ErrorAction Ignore)
    $hasImportExcel = $null -ne (Get-Module -ListAvailable ImportExcel)
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../KretPool.psd1'), (Join-Path $PSScriptRoot '../tools/ExampleTranscript.psm1')
    $script:examples = Join-Path $PSScriptRoot '../examples'
    Import-Module (Join-Path $PSScriptRoot 'Pwsh.psm1')
    Set-StrictMode -Version Latest
    $script:pwsh = Get-PwshPath

    function Get-TableHeader([string] $Text) {
        $lines = $Text -split '\r?\n'
        for ($i = 1; $i -lt $lines.Count; $i++) {
            if ($lines[$i] -match '^[\s-]*--[\s-]*$') {
                ($lines[$i - 1].Trim() -split '\s+') -join ' '
            }
        }
    }

    function Get-ExitCode([string] $Text) {
        [regex]::Matches($Text, '\(exit code \d+\)').ForEach({ $_.Value }) -join ', '
    }
}

Describe 'The transcript of <Name>' -ForEach $script:transcripts {
    # Without a terminal PowerShell has 80 columns and cuts titles; the tests of the host hold the titles themselves.
    It 'has as many tables, and the exit codes, as the script shows in pwsh' -Skip:($Name -match 'ImportExcel' -and -not $hasImportExcel) {
        $shown = Invoke-ExampleTranscript $_ -Quick -InPwsh
        @(Get-TableHeader $shown).Count | Should -Be @(Get-TableHeader $Text).Count
        Get-ExitCode $shown | Should -Be (Get-ExitCode $Text) -Because $shown
    }
}

Describe 'Compare-ConnectionPooling' {
    It 'needs far fewer connections with a pool' {
        $ways = & "$examples/Compare-ConnectionPooling.ps1" -RequestCount 60 -ThrottleLimit 4 -Capacity 2 -HashIterations 10
        $ways[0].Connections | Should -BeGreaterThan 50
        $ways[1].Connections | Should -BeLessOrEqual 4
    }

    It 'fails at once with a server that there is not' {
        { & "$examples/Compare-ConnectionPooling.ps1" -Uri http://localhost:1/ } | Should -Throw '*localhost:1*'
        Get-ObjectPool HttpClients* | Should -BeNullOrEmpty
    }
}

Describe 'Start-FleetSweep over SSH' -Skip:(-not $hasSshServer) {
    BeforeAll {
        # An SSH server of our own, for this user, with keys that end with the test.
        $script:ssh = (New-Item -ItemType Directory (Join-Path $TestDrive ssh)).FullName
        foreach ($key in 'server', 'client') {
            ssh-keygen -q -t ed25519 -N '' -f "$ssh/$key"
        }

        $probe = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $probe.Start()
        $script:port = $probe.LocalEndpoint.Port
        $probe.Stop()
        Copy-Item "$ssh/client.pub" "$ssh/authorized"
        $hostKey = (Get-Content "$ssh/server.pub") -split ' '
        "[localhost]:$port $($hostKey[0]) $($hostKey[1])", "[127.0.0.1]:$port $($hostKey[0]) $($hostKey[1])" | Set-Content "$ssh/known"
        @"
Port $port
ListenAddress 127.0.0.1
HostKey $ssh/server
PidFile none
AuthorizedKeysFile $ssh/authorized
PasswordAuthentication no
KbdInteractiveAuthentication no
StrictModes no
UsePAM no
PermitRootLogin prohibit-password
SetEnv LANG=C.UTF-8 "PATH=$env:PATH" "PSModulePath=$env:PSModulePath"
Subsystem powershell $pwsh -sshs -NoLogo -NoProfile
"@ | Set-Content "$ssh/config"
        if ((id -u) -eq 0) {
            $null = New-Item -ItemType Directory /run/sshd -Force
        }

        $script:server = Start-Process /usr/sbin/sshd -ArgumentList '-D', '-f', "$ssh/config", '-E', "$ssh/log" -PassThru
        foreach ($try in 1..100) {
            $client = [System.Net.Sockets.TcpClient]::new()
            try {
                $client.Connect('127.0.0.1', $port)
                break
            } catch {
                Start-Sleep -Milliseconds 100
            } finally {
                $client.Dispose()
            }
        }

        function Invoke-Fleet([string[]] $HostName, [string] $Name, [string] $ModulePath = "$PSScriptRoot/../KretPool.psd1") {
            $fleet = @{
                HostName      = $HostName
                UserName      = [System.Environment]::UserName
                Port          = $port
                KeyFilePath   = "$ssh/client"
                SshOption     = @{ UserKnownHostsFile = "$ssh/known"; StrictHostKeyChecking = 'yes'; LogLevel = 'QUIET' }
                ModulePath    = [System.IO.Path]::GetFullPath($ModulePath)
                Database      = Join-Path $TestDrive "$Name.db"
                ReportPath    = Join-Path $TestDrive "$Name.xlsx"
                Kind          = 'KretPool', 'FreeList'
                ThreadCount   = 1
                IterationTime = '5ms'
            }
            & "$examples/Start-FleetSweep.ps1" @fleet *>&1 | Out-Null
            $LASTEXITCODE
        }
    }

    AfterAll {
        $server | Stop-Process
    }

    It 'brings the results of all machines into one history and one report' {
        Invoke-Fleet -HostName localhost, 127.0.0.1 -Name two | Should -Be 0
        $saved = Get-PoolResult (Join-Path $TestDrive two.db)
        $saved.RunId | Sort-Object -Unique | Should -HaveCount 2
        $saved.Count | Should -Be 4
        Join-Path $TestDrive two.xlsx | Should -Exist
    }

    It 'goes on without a machine that cannot be reached, and says so with its exit code' {
        Invoke-Fleet -HostName nosuch.invalid, 127.0.0.1 -Name one | Should -Be 2
        @(Get-PoolResult (Join-Path $TestDrive one.db)).Count | Should -Be 2
    }

    It 'fails when no machine has the module' {
        Invoke-Fleet -HostName 127.0.0.1 -Name none -ModulePath /nowhere/KretPool.psd1 | Should -Be 1
        Join-Path $TestDrive none.xlsx | Should -Not -Exist
    }

    It 'gives results over the wire that every cmdlet takes' {
        $options = @{ UserKnownHostsFile = "$ssh/known"; BatchMode = 'yes' }
        $session = New-PSSession -HostName 127.0.0.1 -UserName ([System.Environment]::UserName) -Port $port -KeyFilePath "$ssh/client" -Options $options
        try {
            $remote = Invoke-Command -Session $session -ArgumentList ([System.IO.Path]::GetFullPath("$PSScriptRoot/../KretPool.psd1")) {
                Import-Module $args[0]
                Invoke-PoolBenchmark -Kind KretPool, FreeList -ThreadCount 1, 2 -IterationTime 5ms -WarningAction SilentlyContinue
                Measure-PoolCapacity -Kind KretPool -ThreadCount 1 -IterationTime 5ms
            }
        } finally {
            $session | Remove-PSSession
        }

        $remote[0].PSTypeNames[0] | Should -Be 'Deserialized.KretPool.Results.PoolBenchmarkResult'
        $results = $remote | Where-Object { $_.PSTypeNames[0] -like '*.PoolBenchmarkResult' }
        ($results | Compare-PoolResult -BaselineKind FreeList).Count | Should -Be 2
        ($results | Measure-PoolScaling -PerThreadCount).Count | Should -Be 4
        $results | Save-PoolResult (Join-Path $TestDrive wire.db)
        (Get-PoolResult (Join-Path $TestDrive wire.db)).OpsPerSec | Should -Be $results.OpsPerSec
        $remote | Export-PoolReport (Join-Path $TestDrive wire.xlsx)
        Join-Path $TestDrive wire.xlsx | Should -Exist
    }
}

Describe 'The timers of the nightly sweep' {
    It 'is a unit that systemd takes: <_>' -Skip:(-not $hasSystemd) -ForEach 'kretpool-nightly.service', 'kretpool-nightly-resume.service', 'kretpool-nightly.timer' {
        # systemd checks that the program is there, so it is told where it is here.
        foreach ($file in Get-ChildItem "$examples/nightly/*" -Include *.service, *.timer) {
            (Get-Content $file -Raw).Replace('/usr/bin/pwsh', $pwsh) | Set-Content (Join-Path $TestDrive $file.Name)
        }

        $said = systemd-analyze verify (Join-Path $TestDrive $_) 2>&1 | Where-Object { "$_" -match 'kretpool' }
        $said | Should -BeNullOrEmpty
    }

    It 'is a command line whose parameters the script has: <_>' -ForEach 'kretpool-nightly.service', 'kretpool-nightly-resume.service', 'kretpool-nightly.cron' {
        $parameters = (Get-Command "$examples/Start-NightlySweep.ps1").Parameters
        $used = Select-String -Path "$examples/nightly/$_" -Pattern 'pwsh .*Start-NightlySweep\.ps1(?<rest>[^>]*)' -AllMatches
        $names = $used.Matches.ForEach({ [regex]::Matches($_.Groups['rest'].Value, ' -(\w+)').ForEach({ $_.Groups[1].Value }) })
        $names.Count | Should -BeGreaterThan 0
        $names | ForEach-Object { $parameters.ContainsKey($_) | Should -BeTrue -Because $_ }
    }

    It 'is a task whose definition is XML with the folder as it was given' {
        $definition = [xml] (& "$examples/nightly/Register-NightlySweep.ps1" -Folder 'C:\Bench & Co' -At 03:30 -AsXml)
        $definition.Task.Actions.Exec.Arguments | Should -BeLike '*Start-NightlySweep.ps1" -Folder "C:\Bench & Co"'
        $definition.Task.Triggers.CalendarTrigger.StartBoundary | Should -BeLike '*T03:30:00'
    }

    It 'is refused where there is no Task Scheduler' -Skip:$IsWindows {
        { & "$examples/nightly/Register-NightlySweep.ps1" -Folder x } | Should -Throw '*not Windows*'
    }

    It 'is refused at <_>' -ForEach '24:00', '2:15', '02:60' {
        $at = $_
        { & "$examples/nightly/Register-NightlySweep.ps1" -Folder x -At $at -AsXml } | Should -Throw "*'$at' is not a time of day*"
    }
}
