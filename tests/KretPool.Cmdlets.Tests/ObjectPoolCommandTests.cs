using System.Management.Automation;

namespace KretPool.Cmdlets.Tests;

/// <summary>Pools in scripts: made, used, listed and removed through the engine.</summary>
public sealed class ObjectPoolCommandTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    private const string Kind = "-Kind ConcurrentStack";

    [Fact]
    public void A_pool_from_a_factory_rents_and_returns()
    {
        var output = session.Run($$"""
            $pool = New-ObjectPool { [System.Text.StringBuilder]::new() } -Capacity 2 {{Kind}} -Name factory
            $first = $pool.Rent(); $second = $pool.Rent()
            $first.GetType().Name
            [object]::ReferenceEquals($first, $second)
            $null -eq $pool.Rent()
            $pool.Return($first)
            [object]::ReferenceEquals($first, $pool.Rent())
            $pool.Rented
            Remove-ObjectPool factory
            """);

        Assert.Equal(["StringBuilder", "False", "True", "True", "2"], output.Select(line => line.ToString()));
    }

    [Fact]
    public void Without_a_kind_a_pool_runs_on_KretPool_with_two_objects_for_each_CPU()
    {
        var output = session.Run("""
            $pool = New-ObjectPool { [object]::new() }
            "$($pool.Kind) $($pool.Capacity)"
            $pool | Remove-ObjectPool
            "$($pool.State)"
            """);

        Assert.Equal([$"KretPool {2 * Environment.ProcessorCount}", "Closed"], output.Select(line => line.ToString()));
    }

    [Fact]
    public void The_factory_runs_for_every_object_in_the_scope_of_the_caller()
    {
        var output = session.Run($$"""
            $script:made = 0
            $pool = New-ObjectPool { $script:made++; [pscustomobject]@{ Number = $script:made } } -Capacity 5 {{Kind}}
            $script:made
            $one = $pool.Rent(); $one.Number = 42; $pool.Return($one)
            $pool.Rent().Number
            $pool | Remove-ObjectPool
            """);

        Assert.Equal(["5", "42"], output.Select(line => line.ToString()));
    }

    [Theory]
    [InlineData("[pscustomobject]@{ A = 1 }, [pscustomobject]@{ A = 1 }")]
    [InlineData("'a', 'b'")]
    [InlineData("1, 2")]
    [InlineData("@{ a = 1 }, @{ b = 2 }")]
    [InlineData("[datetime]::new(1), [datetime]::new(2)")]
    [InlineData("[System.Text.StringBuilder]::new(), [System.Text.StringBuilder]::new() | ForEach-Object { $_.PSObject.Properties.Add([psnoteproperty]::new('n', 1)); $_ }")]
    public void Objects_of_every_sort_come_back_through_variables_and_pipelines(string objects)
    {
        var output = session.Run($$"""
            $pool = {{objects}} | New-ObjectPool {{Kind}}
            $held = @($pool.Rent(); $pool.Rent())
            $held | ForEach-Object { $copy = $_; $pool.Return($copy) }
            $pool.Rented
            $pool.Capacity
            $pool | Remove-ObjectPool
            """);

        Assert.Equal(["0", "2"], output.Select(line => line.ToString()));
    }

    [Theory]
    [InlineData("rack[1]")]
    [InlineData("rack[")]
    public void A_pool_with_brackets_in_its_name_is_found_completed_and_closed_by_it(string name)
    {
        session.Run($"$pool = New-ObjectPool {{ [object]::new() }} -Capacity 1 {Kind} -Name '{name}'");

        string typed = $"Get-ObjectPool -Name '{name}";
        using var shell = PowerShell.Create(session.Runspace);
        var completions = CommandCompletion.CompleteInput(typed, typed.Length, null, shell).CompletionMatches;
        Assert.Equal($"'{name}'", Assert.Single(completions).CompletionText);
        Assert.Equal(name, Assert.Single(session.Run("($pool | Get-ObjectPool).Name")).ToString());
        Assert.Equal("Closed", Assert.Single(session.Run($"Remove-ObjectPool -Name '{name}'; $pool.State")).ToString());
    }

    [Fact]
    public void Arguments_that_are_null_are_none()
    {
        var output = session.Run($$"""
            $pool = New-ObjectPool -TypeName System.IO.MemoryStream -ArgumentList $null -Capacity 1 {{Kind}}
            $pool.Rent().Length
            $pool | Remove-ObjectPool
            """);

        Assert.Equal("0", Assert.Single(output).ToString());
    }

    [Fact]
    public void A_pool_of_a_type_makes_and_disposes_of_its_objects()
    {
        var output = session.Run($$"""
            $pool = New-ObjectPool -TypeName System.IO.MemoryStream -ArgumentList 16 -Capacity 2 {{Kind}}
            $stream = $pool.Rent()
            $stream.Capacity
            $pool.Return($stream)
            $pool | Remove-ObjectPool
            $stream.CanRead
            """);

        Assert.Equal(["16", "False"], output.Select(line => line.ToString()));
    }

    [Fact]
    public void A_native_pool_hands_out_aligned_addresses_and_tells_where_its_memory_is()
    {
        var output = session.Run($$"""
            $pool = New-ObjectPool -ObjectSize 100 -Alignment 256 -Capacity 3 {{Kind}}
            $block = $pool.Rent()
            $block.GetType().Name
            [long]$block % 256
            $pool.Memory.Count -gt 0
            $pool.Return($block)
            $pool.Rented
            $pool | Remove-ObjectPool
            $pool.Memory[0].IsClosed
            """);

        Assert.Equal(["IntPtr", "0", "True", "0", "True"], output.Select(line => line.ToString()));
    }

    [Fact]
    public void Reset_runs_on_each_return_and_release_at_the_end_with_the_object()
    {
        var output = session.Run($$"""
            $script:released = 0
            $pool = New-ObjectPool { [System.Text.StringBuilder]::new() } -Capacity 2 {{Kind}} `
                -Reset { $null = $_.Clear() } -Release { param($builder) $script:released += $builder.Capacity -gt 0 }
            $builder = $pool.Rent(); $null = $builder.Append('x')
            $pool.Return($builder)
            $builder.Length
            $pool | Remove-ObjectPool
            $script:released
            """);

        Assert.Equal(["0", "2"], output.Select(line => line.ToString()));
    }

    [Fact]
    public void A_lease_gives_its_object_back_at_the_end_of_a_try()
    {
        var output = session.Run($$"""
            $pool = 'only' | New-ObjectPool {{Kind}}
            $lease = $pool.Lease()
            try { $lease.Value; $pool.Rented } finally { $lease.Dispose(); $lease.Dispose() }
            $pool.Rented
            $pool | Remove-ObjectPool
            """);

        Assert.Equal(["only", "1", "0"], output.Select(line => line.ToString()));
    }

    [Fact]
    public void A_timed_rent_waits_for_another_runspace_to_return()
    {
        var output = session.Run($$"""
            $pool = 'only' | New-ObjectPool {{Kind}}
            $held = $pool.Rent()
            $null -eq $pool.Rent([timespan]::FromMilliseconds(5))
            $pool.Return($held)
            1..20 | ForEach-Object -Parallel {
                $pool = $using:pool
                $item = $pool.Rent([timespan]::FromMinutes(1))
                try { $item } finally { $pool.Return($item) }
            } -ThrottleLimit 4
            $pool | Remove-ObjectPool
            """);

        Assert.Equal(["True", .. Enumerable.Repeat("only", 20)], output.Select(line => line.ToString()));
    }

    [Fact]
    public void Parallel_runspaces_share_a_pool_and_each_object_has_one_user_at_a_time()
    {
        var output = session.Run($$"""
            $pool = New-ObjectPool { @{ Users = 0; Worst = 0; Uses = 0 } } -Capacity 2 {{Kind}}
            1..40 | ForEach-Object -Parallel {
                $pool = $using:pool
                $lease = $pool.Lease([timespan]::FromMinutes(1))
                try {
                    $state = $lease.Value
                    $state.Users++; $state.Uses++
                    if ($state.Users -gt $state.Worst) { $state.Worst = $state.Users }
                    $state.Users--
                } finally { $lease.Dispose() }
            } -ThrottleLimit 4
            $states = @($pool.Rent(); $pool.Rent())
            $states[0].Uses + $states[1].Uses
            $states[0].Worst + $states[1].Worst
            $states | ForEach-Object { $pool.Return($_) }
            $pool | Remove-ObjectPool
            """);

        Assert.Equal("40", output[0].ToString());
        Assert.InRange((int)output[1].BaseObject, 1, 2);
    }

    [Fact]
    public void An_object_returned_by_another_runspace_is_reset_when_its_own_rents_it()
    {
        var output = session.Run($$"""
            $script:resets = 0
            $pool = New-ObjectPool { , [System.Collections.ArrayList]::new() } -Capacity 1 {{Kind}} -Reset { $_.Clear(); $script:resets++ }
            1 | ForEach-Object -Parallel {
                $pool = $using:pool
                $list = $pool.Rent()
                $null = $list.Add(1)
                $pool.Return($list)
                try { $pool.Rent() } catch { $_.Exception.InnerException.GetType().Name }
            }
            $script:resets
            $pool.AwaitingReset
            $list = $pool.Rent()
            $script:resets
            $list.Count
            $pool.AwaitingReset
            $pool.Return($list)
            $pool | Remove-ObjectPool
            """);

        Assert.Equal(["InvalidOperationException", "0", "1", "1", "0", "0"], output.Select(line => line.ToString()));
    }

    [Fact]
    public void An_object_that_another_runspace_brings_to_a_closed_pool_is_released_in_its_own()
    {
        var output = session.Run($$"""
            $script:released = 0
            $pool = New-ObjectPool { [object]::new() } -Capacity 1 {{Kind}} -Name late -Release { $script:released++ }
            $item = $pool.Rent()
            Remove-ObjectPool late
            "$($pool.State) $((Get-ObjectPool late).Name)"
            1 | ForEach-Object -Parallel { ($using:pool).Return($using:item) }
            "$($pool.State) $($script:released)"
            $null = Get-ObjectPool
            $script:released
            """);

        Assert.Equal("Closing late", output[0].ToString());
        Assert.Equal("Closed 0", output[1].ToString());
        Assert.Equal("1", output[2].ToString());
    }

    [Fact]
    public void Misuse_is_told_and_loses_nothing()
    {
        var output = session.Run($$"""
            $pool = 'one', 'two' | New-ObjectPool {{Kind}} -Name misused
            $item = $pool.Rent(); $pool.Return($item)
            try { $pool.Return($item) } catch { $_.Exception.InnerException.Message }
            try { $pool.Return('stranger') } catch { $_.Exception.InnerException.Message }
            try { $pool.Return($null) } catch { $_.Exception.InnerException.GetType().Name }
            $null = $pool.Rent(); $null = $pool.Rent()
            $pool.Rented
            Remove-ObjectPool misused
            try { $pool.Rent() } catch { $_.Exception.InnerException.GetType().Name }
            """);

        Assert.Contains("returned to the pool 'misused' already", output[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("'stranger' was not rented from the pool 'misused'", output[1].ToString(), StringComparison.Ordinal);
        Assert.Equal(["ArgumentNullException", "2", "ObjectDisposedException"], output.Skip(2).Select(line => line.ToString()));
    }

    [Fact]
    public void Live_pools_are_listed_with_their_statistics()
    {
        var output = session.Run($$"""
            $null = New-ObjectPool { [object]::new() } -Capacity 1 {{Kind}} -Name listed1
            $null = New-ObjectPool { [object]::new() } -Capacity 1 {{Kind}} -Name listed2
            $null = (Get-ObjectPool listed1).Rent(); $null = (Get-ObjectPool listed1).Rent()
            (Get-ObjectPool listed*).Name -join ','
            $statistics = (Get-ObjectPool LISTED1).Statistics
            "$($statistics.Hits) $($statistics.Misses)"
            Get-ObjectPool listed* | Remove-ObjectPool
            @(Get-ObjectPool listed*).Count
            """);

        // One of the two has an object out, and so stays in the list until it is back.
        Assert.Equal(["listed1,listed2", "1 1", "1"], output.Select(line => line.ToString()));
    }

    [Fact]
    public void WhatIf_closes_nothing()
    {
        var output = session.Run($$"""
            $pool = New-ObjectPool { [object]::new() } {{Kind}} -Name kept
            Remove-ObjectPool kept -WhatIf
            "$($pool.State)"
            Remove-ObjectPool kept
            "$($pool.State)"
            """);

        Assert.Equal(["Open", "Closed"], output.Select(line => line.ToString()));
    }

    [Fact]
    public void Removing_the_module_closes_the_pools_of_its_runspace_and_no_others()
    {
        using var own = new ModuleSession();
        var closed = own.Run($"New-ObjectPool {{ [object]::new() }} {Kind} -Name mine")[0];
        var open = session.Run($"New-ObjectPool {{ [object]::new() }} {Kind} -Name theirs")[0];

        own.Run("Remove-Module KretPool");

        Assert.Equal("Closed", closed.Properties["State"].Value.ToString());
        Assert.Equal("Open", open.Properties["State"].Value.ToString());
        session.Run("Remove-ObjectPool theirs");
    }

    [Fact]
    public void A_factory_that_fails_half_way_leaves_nothing_behind()
    {
        var error = session.RunForError($$"""
            $script:made = [System.Collections.ArrayList]::new()
            New-ObjectPool { if ($script:made.Count -eq 2) { throw 'no line left' }
                $stream = [System.IO.MemoryStream]::new(); $null = $script:made.Add($stream); $stream } -Capacity 5 {{Kind}} -Name half
            """);

        Assert.Contains("no line left", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["False", "False"], session.Run("$script:made | ForEach-Object CanRead").Select(line => line.ToString()));
        Assert.Empty(session.Run("Get-ObjectPool half*"));
    }

    [Theory]
    [InlineData("New-ObjectPool { 1; 2 }", "FactoryOutput", ErrorCategory.InvalidResult)]
    [InlineData("New-ObjectPool { }", "FactoryOutput", ErrorCategory.InvalidResult)]
    [InlineData("New-ObjectPool { 1 }", "InvalidObjects", ErrorCategory.InvalidArgument)]
    [InlineData("New-ObjectPool { 'x' } -Capacity 0", "CapacityOutOfRange", ErrorCategory.InvalidArgument)]
    [InlineData("New-ObjectPool -TypeName No.Such.Type", "TypeNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("New-ObjectPool -TypeName System.IO.Stream", "NoConstructor", ErrorCategory.InvalidArgument)]
    [InlineData("New-ObjectPool -TypeName System.Uri -ArgumentList 'not a uri'", "ConstructorFailed", ErrorCategory.InvalidResult)]
    [InlineData("New-ObjectPool -ObjectSize 65537", "InvalidBlocks", ErrorCategory.InvalidArgument)]
    [InlineData("New-ObjectPool -ObjectSize 64 -Alignment 3", "InvalidBlocks", ErrorCategory.InvalidArgument)]
    [InlineData("$one = [object]::new(); $one, $one | New-ObjectPool", "InvalidObjects", ErrorCategory.InvalidArgument)]
    [InlineData("$null | New-ObjectPool", "InvalidObjects", ErrorCategory.InvalidArgument)]
    [InlineData("@() | New-ObjectPool", "InvalidObjects", ErrorCategory.InvalidArgument)]
    public void Bad_input_is_a_clear_error(string script, string id, ErrorCategory category)
    {
        var error = session.RunForError($"{script} {Kind}");

        Assert.Equal($"{id},KretPool.Cmdlets.NewObjectPoolCommand", error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
    }

    [Fact]
    public void An_unknown_kind_is_an_error_that_names_the_nearest()
    {
        var error = session.RunForError("New-ObjectPool { 'x' } -Kind ConcurentBag");

        Assert.Equal("UnknownPoolKind,KretPool.Cmdlets.NewObjectPoolCommand", error.FullyQualifiedErrorId);
        Assert.Contains("Did you mean 'ConcurrentBag'?", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_taken_once()
    {
        session.Run($"$null = New-ObjectPool {{ [object]::new() }} {Kind} -Name taken");

        var error = session.RunForError($"New-ObjectPool {{ [object]::new() }} {Kind} -Name Taken");

        Assert.Equal("PoolNameExists,KretPool.Cmdlets.NewObjectPoolCommand", error.FullyQualifiedErrorId);
        session.Run("Remove-ObjectPool taken");
    }

    [Theory]
    [InlineData("Get-ObjectPool nosuch", "GetObjectPoolCommand")]
    [InlineData("Remove-ObjectPool nosuch", "RemoveObjectPoolCommand")]
    public void A_name_that_finds_no_pool_is_an_error(string script, string command)
    {
        var error = session.RunForError(script);

        Assert.Equal($"PoolNotFound,KretPool.Cmdlets.{command}", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
    }

    [Fact]
    public void What_a_factory_reports_goes_the_way_of_the_cmdlets_own_errors()
    {
        using var shell = session.Shell($"New-ObjectPool {{ Get-PoolKind Nothing; [object]::new() }} {Kind} -Capacity 1 -Name reports");
        shell.Invoke();
        session.Run("Remove-ObjectPool reports");

        Assert.StartsWith("UnknownPoolKind,", Assert.Single(shell.Streams.Error).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_factory_without_output_is_an_error_that_repeats_what_it_reported()
    {
        using var shell = session.Shell("New-ObjectPool { Get-PoolKind Nothing } -Capacity 1");
        shell.Invoke();
        var error = shell.Streams.Error[^1];

        Assert.Equal("FactoryOutput,KretPool.Cmdlets.NewObjectPoolCommand", error.FullyQualifiedErrorId);
        Assert.Contains("it gave 0. It reported: There is no kind of pool named 'Nothing'", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plain_number_is_a_wait_in_milliseconds()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        session.Run($"$p = New-ObjectPool {{ [object]::new() }} {Kind} -Capacity 1; $null = $p.Rent(); $p.Rent(100); $p | Remove-ObjectPool");

        Assert.True(clock.ElapsedMilliseconds >= 100);
    }

    [Fact]
    public void A_closed_pool_says_its_name_and_that_it_is_closed()
    {
        var error = session.RunForError($"$p = New-ObjectPool {{ [object]::new() }} {Kind} -Name shut -Capacity 1; $p.Close(); $p.Rent()");

        Assert.Contains("The pool 'shut' is closed.", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_pools_complete()
    {
        session.Run($"$null = New-ObjectPool {{ [object]::new() }} {Kind} -Name 'complete me'");
        const string line = "Remove-ObjectPool -Name compl";
        using var shell = PowerShell.Create(session.Runspace);

        var match = Assert.Single(CommandCompletion.CompleteInput(line, line.Length, null, shell).CompletionMatches);

        Assert.Equal("'complete me'", match.CompletionText);
        Assert.Contains("ConcurrentStack", match.ToolTip, StringComparison.Ordinal);
        session.Run("Remove-ObjectPool 'complete me'");
    }

    [Fact]
    public void A_growing_kind_grows_in_its_own_runspace_and_misses_in_others()
    {
        var output = session.Run("""
            $pool = New-ObjectPool { [object]::new() } -Capacity 1 -Kind DefaultObjectPool
            $first = $pool.Rent(); $second = $pool.Rent()
            $null -ne $second
            1 | ForEach-Object -Parallel { $null -eq ($using:pool).Rent() }
            $pool.Return($first); $pool.Return($second)
            $pool | Remove-ObjectPool
            "$($pool.State)"
            """);

        Assert.Equal(["True", "True", "Closed"], output.Select(line => line.ToString()));
    }
}
