#Requires -Version 7.6
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

# Get-PoolKind and pools in scripts.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Pwsh.psm1')
    Import-Module (Join-Path $PSScriptRoot '../KretPool.psd1')
    Set-StrictMode -Version Latest

    function Get-Completion([string] $Line) {
        (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches
    }
}

Describe 'Get-PoolKind' {
    It 'lists the flagship, the lineage and the peers' {
        (Get-PoolKind).Family | Sort-Object -Unique | Should -Be @('Flagship', 'Lineage', 'Peer')
    }

    It 'takes names from the pipeline, whole or as a property' {
        ('FreeList', 'Channel' | Get-PoolKind).Name | Should -Be @('FreeList', 'Channel')
        ([pscustomobject]@{ Name = 'Concurrent*' } | Get-PoolKind).Name | Should -Contain 'ConcurrentBag'
    }

    It 'completes names, with the description as the tooltip' {
        $match = Get-Completion 'Get-PoolKind Kret'
        $match.CompletionText | Should -Be 'KretPool'
        $match.ToolTip | Should -Be (Get-PoolKind KretPool).Description
    }

    It 'names the nearest kind when one is unknown, and goes on' {
        $kinds = Get-PoolKind KretPol, FreeList -ErrorVariable problem -ErrorAction SilentlyContinue
        $kinds.Name | Should -Be 'FreeList'
        $problem.FullyQualifiedErrorId | Should -Be 'UnknownPoolKind,KretPool.Cmdlets.GetPoolKindCommand'
        $problem.Exception.Message | Should -BeLike "*Did you mean 'KretPool'?*"
    }

    It 'lists, completes and measures a kind of another assembly once that is registered' {
        $file = Join-Path $TestDrive 'Acme.dll'
        $source = @'
namespace Acme;
using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using KretPool.Pools;

[PoolKind("AcmeStack", Description = "A stack behind a lock, from elsewhere.")]
public sealed class StackPool<T> : IObjectPool<T>
{
    private readonly Stack<T> _free;

    public StackPool(PoolOptions<T> options) => (_free, Capacity) = (new(options.Objects.ToArray()), options.Capacity);

    public int Capacity { get; }

    public bool TryRent([MaybeNullWhen(false)] out T item)
    {
        lock (_free)
        {
            return _free.TryPop(out item);
        }
    }

    public void Return(T item)
    {
        lock (_free)
        {
            _free.Push(item);
        }
    }

    public int Rent(Span<T> items)
    {
        int count = 0;
        while (count < items.Length && TryRent(out items[count]))
        {
            count++;
        }

        return count;
    }

    public void Return(ReadOnlySpan<T> items)
    {
        foreach (T item in items)
        {
            Return(item);
        }
    }
}
'@
        $references = @([KretPool.Pools.PoolKinds].Assembly.Location) + (Get-ChildItem (Join-Path $PSHOME ref) -Filter *.dll).FullName

        # In a process of its own, because a kind stays registered.
        $script = {
            param($Module, $Source, $File, $References)
            Import-Module $Module
            Add-Type -TypeDefinition $Source -OutputAssembly $File -ReferencedAssemblies $References
            $null = [KretPool.Pools.PoolKinds]::Register($File, 'Acme.StackPool')
            '{0} {1}' -f (Get-PoolKind AcmeStack).Family, (Get-PoolKind AcmeStack | Out-String -Width 100).Contains(' ThirdParty ')
            (TabExpansion2 -inputScript 'Invoke-PoolBenchmark -Kind Acme' -cursorColumn 31).CompletionMatches.CompletionText
            $result = Invoke-PoolBenchmark -Kind AcmeStack -ThreadCount 1 -IterationTime 1ms -IterationCount 2 -WarningAction SilentlyContinue
            '{0} {1}' -f $result.Kind, ($result.OpsPerSec -gt 0)
            (New-ObjectPool -Kind AcmeStack -Capacity 1 -Factory { [object]::new() }).Kind
            try {
                [KretPool.Pools.PoolKinds]::Register($File, 'Acme.NoSuch')
            } catch {
                $_.Exception.InnerException.Message
            }
        }
        $said = & (Get-PwshPath) -NoProfile -Command $script -args (Join-Path $PSScriptRoot '../KretPool.psd1'), $source, $file, $references

        [string[]] $said[0..3] | Should -Be @('ThirdParty True', 'AcmeStack', 'AcmeStack True', 'AcmeStack')
        $said[4] | Should -BeLike "*has no class 'Acme.NoSuch'. Its kinds of pool are: Acme.StackPool.*"
    }

    It 'fits its view into 100 columns' {
        $PSStyle.OutputRendering = 'PlainText'
        $lines = (Get-PoolKind | Out-String -Width 100) -split '\r?\n'
        $lines | Where-Object { $_ -match '^Name ' } | Should -Match 'Description'
    }
}

Describe 'A pool in a script' {
    AfterEach {
        Get-ObjectPool | Remove-ObjectPool
    }

    It 'gives an object, takes it back, and gives null when none is free' {
        $pool = New-ObjectPool -Capacity 1 -Factory { [System.Text.StringBuilder]::new() }
        $first = $pool.Rent()
        $first | Should -BeOfType [System.Text.StringBuilder]
        $pool.Rent() | Should -BeNullOrEmpty
        $pool.Return($first)
        [object]::ReferenceEquals($pool.Rent(), $first) | Should -BeTrue
        $pool.Return($first)
    }

    It 'makes all objects up front' {
        $script:made = 0
        $null = New-ObjectPool -Capacity 5 -Factory { $script:made++; [object]::new() }
        $made | Should -Be 5
    }

    It 'resets an object on its return and releases it once at the end' {
        $script:released = 0
        $list = [System.Collections.Generic.List[int]]::new()
        $pool = , $list | New-ObjectPool -Reset { $_.Clear() } -Release { $script:released++ }
        $rented = $pool.Rent()
        $rented.Add(1)
        $pool.Return($rented)
        $list.Count | Should -Be 0
        $pool | Remove-ObjectPool
        $released | Should -Be 1
    }

    It 'gives a lease that returns its object when it is disposed of' {
        $pool = New-ObjectPool -Capacity 1 -TypeName System.Object
        $lease = $pool.Lease()
        $pool.Rented | Should -Be 1
        $lease.Dispose()
        $pool.Rented | Should -Be 0
    }

    It 'refuses an object that is returned twice or that is a stranger' {
        $pool = New-ObjectPool -Capacity 2 -TypeName System.Object
        $object = $pool.Rent()
        $pool.Return($object)
        { $pool.Return($object) } | Should -Throw
        { $pool.Return([object]::new()) } | Should -Throw
    }

    It 'works in ForEach-Object -Parallel, and no object is out twice' {
        $pool = New-ObjectPool -Capacity 2 -TypeName 'System.Collections.Generic.List[int]'
        1..40 | ForEach-Object -ThrottleLimit 6 -Parallel {
            $pool = $using:pool
            $list = $pool.Rent([timespan]::FromMinutes(1))
            $list.Add($_)
            $pool.Return($list)
        }
        $pool.Rented | Should -Be 0
        $first, $second = $pool.Rent(), $pool.Rent()
        @($first) + @($second) | Sort-Object | Should -Be (1..40)
        $pool.Return($first)
        $pool.Return($second)
    }

    It 'pools native memory' {
        $pool = New-ObjectPool -ObjectSize 64 -Capacity 8
        $address = $pool.Rent()
        $address | Should -BeOfType [IntPtr]
        [long]$address % 64 | Should -Be 0
        $pool.Return($address)
    }

    It 'is found by its name, also with a wildcard' {
        $null = New-ObjectPool -Name Clients -Capacity 1 -TypeName System.Object
        (Get-ObjectPool Cli*).Name | Should -Be 'Clients'
        (Get-Completion 'Get-ObjectPool Cl').CompletionText | Should -Be 'Clients'
    }

    It 'is closed by Remove-ObjectPool, and refuses to rent from then on' {
        $pool = New-ObjectPool -Name Gone -Capacity 1 -TypeName System.Object
        Remove-ObjectPool -Name Gone -WhatIf
        $pool.State | Should -Be 'Open'
        Remove-ObjectPool -Name Gone
        Get-ObjectPool Gone* | Should -BeNullOrEmpty
        { $pool.Rent() } | Should -Throw -ExceptionType ([System.Management.Automation.MethodInvocationException])
    }

    It 'is an error by id when <What>' -ForEach @(
        @{ What = 'the name is taken'; Id = 'PoolNameExists'; Script = { 1..2 | ForEach-Object { New-ObjectPool -Name Twin -Capacity 1 -TypeName System.Object } } }
        @{ What = 'the kind is unknown'; Id = 'UnknownPoolKind'; Script = { New-ObjectPool { 1 } -Kind Nothing } }
        @{ What = 'the type is unknown'; Id = 'TypeNotFound'; Script = { New-ObjectPool -TypeName No.Such.Type } }
        @{ What = 'there are no objects to be made'; Id = 'CapacityOutOfRange'; Script = { New-ObjectPool { 1 } -Capacity 0 } }
        @{ What = 'the factory makes nothing'; Id = 'FactoryOutput'; Script = { New-ObjectPool { } -Capacity 1 } }
        @{ What = 'no pool has the name'; Id = 'PoolNotFound'; Script = { Get-ObjectPool None -ErrorAction Stop } }
    ) {
        $Script | Should -Throw -ErrorId "$Id,*"
    }

    It 'is closed when the module is removed' {
        & (Get-PwshPath) -NoProfile -Command {
            Import-Module $args[0]
            $pool = New-ObjectPool -Capacity 1 -TypeName System.Object
            Remove-Module KretPool
            $pool.State.ToString()
        } -args (Join-Path $PSScriptRoot '../KretPool.psd1') | Should -Be 'Closed'
    }
}
