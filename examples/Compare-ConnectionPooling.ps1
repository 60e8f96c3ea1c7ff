#Requires -Version 7.6
<#
.SYNOPSIS
    Sends requests from a parallel loop, with a new connection for each and with pooled ones, and shows what the pool saves.
.DESCRIPTION
    A loop that opens a connection for every request pays for it every time: a round trip, a handshake, a login. A pool holds
    a few connections, which the tasks of the loop rent and return, and the server never sees more than these at once.

    Without -Uri a small HTTP server on the loopback interface of this machine answers, in this process. It does what a
    database or a directory does: it checks the password of each new connection against a salted hash (PBKDF2), and answers
    the requests that follow on the same connection without that. It counts the connections. After 100 requests it ends one,
    as servers do, and the client opens another.

    With -Uri the requests go to a server of yours; then only times are compared. It should be one that is near and may be
    loaded.
.PARAMETER RequestCount
    Requests for each of the two ways.
.PARAMETER ThrottleLimit
    Tasks of the loop that run at the same time.
.PARAMETER Capacity
    Connections in the pool. With fewer than tasks, tasks wait for one another's connections.
.PARAMETER HashIterations
    How much work the server's login is: iterations of PBKDF2. OWASP recommends 600000 for stored passwords; 0 is a server
    without a login.
.PARAMETER Uri
    A server to ask instead, by GET.
.EXAMPLE
    ./Compare-ConnectionPooling.ps1

    400 requests from 8 tasks over 4 connections.
.EXAMPLE
    ./Compare-ConnectionPooling.ps1 -Uri https://intranet.example/health -RequestCount 100

    What it would save with a server of yours.
#>
[Diagnostics.CodeAnalysis.SuppressMessage('PSReviewUnusedParameter', '', Justification = 'The functions below read them.')]
[CmdletBinding()]
param(
    [ValidateRange(1, 1000000)]
    [int] $RequestCount = 400,

    [ValidateRange(1, 256)]
    [int] $ThrottleLimit = 8,

    [ValidateRange(1, 256)]
    [int] $Capacity = 4,

    [ValidateRange(0, 10000000)]
    [int] $HashIterations = 100000,

    [ValidateScript({ $_.IsAbsoluteUri -and $_.Scheme -in 'http', 'https' }, ErrorMessage = "'{0}' is not an address that starts with http:// or https://.")]
    [uri] $Uri
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$module = Join-Path $PSScriptRoot '../KretPool.psd1'
Import-Module -Name ((Test-Path $module) ? $module : 'KretPool')

# What one of the server's workers does until the listener is closed.
$serve = {
    param([System.Net.HttpListener] $Listener, [hashtable] $Seen, [int] $HashIterations)
    $salt = [byte[]] (1..16)
    $body = [System.Text.Encoding]::UTF8.GetBytes('hello')
    while ($Listener.IsListening) {
        try {
            $context = $Listener.GetContext()
        } catch {
            break
        }

        # The port at the other end tells connections apart.
        $connection = $context.Request.RemoteEndPoint.Port
        if (-not $Seen.ContainsKey($connection)) {
            $Seen[$connection] = $true
            if ($HashIterations) {
                $null = [System.Security.Cryptography.Rfc2898DeriveBytes]::Pbkdf2(
                    $context.Request.Headers['Authorization'], $salt, $HashIterations, 'SHA256', 32)
            }
        }

        $context.Response.ContentLength64 = $body.Length
        $context.Response.OutputStream.Write($body)
        $context.Response.Close()
    }
}

function Open-Server {
    # A port that is free now: the system's choice.
    $probe = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $probe.Start()
    $port = $probe.LocalEndpoint.Port
    $probe.Stop()

    $listener = [System.Net.HttpListener]::new()
    $listener.Prefixes.Add("http://localhost:$port/")
    $listener.Start()
    $seen = [hashtable]::Synchronized(@{})
    $workers = foreach ($i in 1..4) {
        $worker = [powershell]::Create().AddScript($serve).AddArgument($listener).AddArgument($seen).AddArgument($HashIterations)
        [pscustomobject] @{ Shell = $worker; Run = $worker.BeginInvoke() }
    }

    [pscustomobject] @{ Uri = [uri] "http://localhost:$port/"; Listener = $listener; Seen = $seen; Workers = $workers }
}

function Close-Server([object] $Server) {
    $Server.Listener.Close()
    foreach ($worker in $Server.Workers) {
        $null = $worker.Shell.EndInvoke($worker.Run)
        $worker.Shell.Dispose()
    }
}

function Measure-Loop([string] $Way, [scriptblock] $Loop) {
    # The first round compiles what the second one runs.
    $null = & $Loop $ThrottleLimit
    if ($server) {
        $server.Seen.Clear()
    }

    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $answers = @(& $Loop $RequestCount)
    $watch.Stop()
    if ($answers.Count -ne $RequestCount) {
        throw "$($answers.Count) of $RequestCount requests were answered."
    }

    [pscustomobject] @{
        Way            = $Way
        Connections    = $server ? $server.Seen.Count : $null
        Seconds        = [Math]::Round($watch.Elapsed.TotalSeconds, 2)
        RequestsPerSec = [Math]::Round($answers.Count / $watch.Elapsed.TotalSeconds)
    }
}

$factory = {
    $client = [System.Net.Http.HttpClient]::new()
    $client.DefaultRequestHeaders.Add('Authorization', 'Basic c2NyaXB0OnNlY3JldA==')
    $client
}

$server = if (-not $Uri) { Open-Server }
$pool = $null
try {
    $address = $server ? $server.Uri : $Uri

    # Fails here, with the server's answer, and not in the middle of a loop. The loops find everything compiled.
    $client = & $factory
    $null = $client.GetStringAsync($address).GetAwaiter().GetResult()
    $client.Dispose()

    $makeClient = "$factory"
    $without = Measure-Loop 'A new connection each' {
        1..$args[0] | ForEach-Object -ThrottleLimit $ThrottleLimit -Parallel {
            $client = & ([scriptblock]::Create($using:makeClient))
            try {
                $client.GetStringAsync($using:address).GetAwaiter().GetResult()
            } finally {
                $client.Dispose()
            }
        }
    }

    # The pool disposes of its clients at the end, because it made them.
    $pool = New-ObjectPool -Name HttpClients -Capacity $Capacity -Factory $factory
    $with = Measure-Loop 'Pooled' {
        1..$args[0] | ForEach-Object -ThrottleLimit $ThrottleLimit -Parallel {
            $pool = $using:pool
            $lease = $pool.Lease([timespan]::FromSeconds(60))
            try {
                $lease.Value.GetStringAsync($using:address).GetAwaiter().GetResult()
            } finally {
                $lease.Dispose()
            }
        }
    }

    $saved = 1 - $with.Seconds / $without.Seconds
    $told = $saved -gt 0 ? ('The pool saves {0:P0} of the time.' -f $saved) : ('The pool saves no time here: {0:N2} s against {1:N2} s.' -f $with.Seconds, $without.Seconds)
    if ($server) {
        $told += ' The server saw {0} connections instead of {1}.' -f $with.Connections, $without.Connections
    }

    $told | Out-Host
    $without
    $with
} finally {
    if ($pool) {
        $pool | Remove-ObjectPool
    }

    if ($server) {
        Close-Server $server
    }
}
