using System.Diagnostics;
using System.Management.Automation;

namespace KretPool.Cmdlets.Tests;

public sealed class InvokePoolBenchmarkTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    private const string Short = "-Placement None -IterationTime 2ms -WarmupTime 0 -IterationCount 6";

    [Fact]
    public void A_sweep_gives_a_result_for_each_kind_and_thread_count_in_the_order_of_the_plan()
    {
        var results = session.Run(
            $"Invoke-PoolBenchmark ConcurrentBag,DefaultObjectPool -ThreadCount 1,2 {Short}"
            + " | ForEach-Object { \"$($_.Kind) $($_.ThreadCount)\" }");

        Assert.Equal(
            ["ConcurrentBag 1", "DefaultObjectPool 1", "ConcurrentBag 2", "DefaultObjectPool 2"],
            results.Select(result => result.ToString()));
    }

    [Fact]
    public void Kinds_come_from_the_pipeline()
    {
        var results = session.Run($"Get-PoolKind Concurrent* | Invoke-PoolBenchmark -ThreadCount 1 {Short}");

        Assert.Equal(
            ["ConcurrentBag", "ConcurrentQueue", "ConcurrentStack"],
            results.Select(result => result.Properties["Kind"].Value).Order());
    }

    [Theory]
    [InlineData("Get-PoolKind | Where-Object Name -EQ NoSuchKind")]
    [InlineData("@()")]
    public void An_empty_pipeline_measures_nothing(string kinds) =>
        Assert.Empty(session.Run($"{kinds} | Invoke-PoolBenchmark -ThreadCount 1 {Short}"));

    [Fact]
    public void Latency_fills_the_percentiles()
    {
        var result = Assert.Single(session.Run($"Invoke-PoolBenchmark ConcurrentQueue -ThreadCount 1 -Latency {Short}"));

        Assert.True((double)result.Properties["P50Ns"].Value > 0);
        Assert.True((double)result.Properties["MaxNs"].Value >= (double)result.Properties["P999Ns"].Value);
    }

    [Theory]
    [InlineData("Invoke-PoolBenchmark FreeLst", "UnknownPoolKind", "Did you mean 'FreeList'?")]
    [InlineData("Invoke-PoolBenchmark Nothing*", "UnknownPoolKind", "Nothing*")]
    [InlineData("Invoke-PoolBenchmark '['", "UnknownPoolKind", "'[' is not a pattern")]
    [InlineData("Invoke-PoolBenchmark FreeList -Workload '['", "InvalidWorkload", "none of NonBlocking")]
    [InlineData("Invoke-PoolBenchmark FreeList -Suite 'Quick['", "InvalidSuite", "none of Quick")]
    [InlineData("Invoke-PoolBenchmark FreeList -ObjectSize -1", "InvalidObjectSize", "An object size of -1 is not possible")]
    [InlineData("Invoke-PoolBenchmark FreeList -ThreadCount 0", "InvalidThreadCount", "A thread count of 0 is not possible")]
    [InlineData("Invoke-PoolBenchmark FreeList -ThreadCount 100000", "InvalidThreadCount", "allows from 1 to")]
    [InlineData("Invoke-PoolBenchmark FreeList -Capacity 0", "InvalidCapacity", "from 1 to 16777216")]
    [InlineData("Invoke-PoolBenchmark FreeList -Cpu 4-1", "InvalidCpu", "'4-1'")]
    [InlineData("Invoke-PoolBenchmark FreeList -Cpu 60000", "InvalidCpu", "no such CPU")]
    [InlineData("Invoke-PoolBenchmark FreeList -NumaNode 500", "InvalidNumaNode", "There is no NUMA node 500")]
    [InlineData("Invoke-PoolBenchmark FreeList -MemoryPolicy Nearest", "InvalidMemoryPolicy", "'Nearest'")]
    [InlineData("Invoke-PoolBenchmark FreeList -HoldTime 5ms", "InvalidHoldTime", "Blocking")]
    [InlineData("Invoke-PoolBenchmark FreeList -Workload Probe -ProbedRoutine Write", "InvalidProbedRoutine", "'Write'")]
    [InlineData("Invoke-PoolBenchmark FreeList -Suite KernelTest -Workload Miss", "InvalidWorkload", "sets Workload itself")]
    public void Bad_input_is_an_error_that_says_what_would_be_right(string script, string id, string message)
    {
        var error = session.RunForError(script);

        Assert.Equal($"{id},KretPool.Cmdlets.InvokePoolBenchmarkCommand", error.FullyQualifiedErrorId);
        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("20", 20)]
    [InlineData("20ms", 20)]
    [InlineData("0.02s", 20)]
    [InlineData("'20 ms'", 20)]
    [InlineData("0:0:0.02", 20)]
    [InlineData("([timespan]::FromMilliseconds(20))", 20)]
    public void Times_are_written_as_people_do(string time, double milliseconds)
    {
        var result = Assert.Single(session.Run(
            $"Invoke-PoolBenchmark ConcurrentQueue -ThreadCount 1 -WarmupTime 0 -IterationCount 1 -IterationTime {time}"));

        Assert.Equal(milliseconds, result.Properties["IterationMs"].Value);
    }

    [Fact]
    public void A_time_that_is_none_is_refused() =>
        Assert.Contains(
            "'soon' is not a time", session.RunForError("Invoke-PoolBenchmark -IterationTime soon").Exception.Message, StringComparison.Ordinal);

    [Fact]
    public void A_sweep_that_was_killed_goes_on_with_what_is_not_saved()
    {
        var rows = session.Run($$"""
            $half = Invoke-PoolBenchmark ConcurrentBag,ConcurrentQueue -ThreadCount 1 {{Short}}
            $saved = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($half))
            $rest = Invoke-PoolBenchmark ConcurrentBag,ConcurrentQueue -ThreadCount 1,2 {{Short}} -Resume $saved
            $half + $rest | ForEach-Object { "$($_.ThreadCount) $($_.Kind) $($_.RunId -eq $half[0].RunId)" }
            Invoke-PoolBenchmark ConcurrentBag,ConcurrentQueue -ThreadCount 1,2 {{Short}} -Resume ($half + $rest)
            """);

        Assert.Equal(
            ["1 ConcurrentBag True", "1 ConcurrentQueue True", "2 ConcurrentBag True", "2 ConcurrentQueue True"],
            rows.Select(row => row.ToString()));
    }

    [Theory]
    [InlineData("@()")]
    [InlineData("$null")]
    [InlineData("@($null)")]
    [InlineData("$other")]
    public void A_sweep_of_which_nothing_was_saved_starts_under_its_id(string saved)
    {
        var rows = session.Run($$"""
            $other = Invoke-PoolBenchmark ConcurrentBag -ThreadCount 1 {{Short}}
            Invoke-PoolBenchmark ConcurrentBag -ThreadCount 1 {{Short}} -RunId a0000000-0000-0000-0000-000000000001 -Resume {{saved}} | ForEach-Object RunId
            """);

        Assert.Equal("a0000000-0000-0000-0000-000000000001", Assert.Single(rows).ToString());
    }

    [Fact]
    public void A_sweep_of_another_machine_is_not_gone_on_with()
    {
        var error = session.RunForError($$"""
            $row = Invoke-PoolBenchmark ConcurrentBag -ThreadCount 1 {{Short}}
            $row.HostName = 'elsewhere'
            Invoke-PoolBenchmark ConcurrentBag -ThreadCount 1,2 {{Short}} -Resume $row
            """);

        Assert.Equal("InvalidResume,KretPool.Cmdlets.InvokePoolBenchmarkCommand", error.FullyQualifiedErrorId);
        Assert.Contains("'elsewhere'", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_measures_nothing() =>
        Assert.Empty(session.Run("Invoke-PoolBenchmark ConcurrentQueue -ThreadCount 1 -IterationTime 10min -WhatIf"));

    [Fact]
    public void Progress_tells_the_trial_the_percentage_and_the_time_left()
    {
        using var shell = session.Shell($"Invoke-PoolBenchmark ConcurrentQueue -ThreadCount 1 {Short}");

        shell.Invoke();

        var record = shell.Streams.Progress.First();
        Assert.Contains("Trial 1 of 1", record.StatusDescription, StringComparison.Ordinal);
        Assert.InRange(record.PercentComplete, 0, 100);
        Assert.True(record.SecondsRemaining >= 0);
        Assert.Equal(ProgressRecordType.Completed, shell.Streams.Progress.Last().RecordType);
    }

    [Fact]
    public void Stopping_the_pipeline_keeps_what_was_complete()
    {
        using var shell = session.Shell(
            $"Invoke-PoolBenchmark ConcurrentQueue -ThreadCount 1 {Short}; Invoke-PoolBenchmark ConcurrentQueue -ThreadCount 1 -IterationTime 10min");
        using var output = new PSDataCollection<PSObject>();
        using var complete = new ManualResetEventSlim();
        output.DataAdded += (_, _) => complete.Set();

        var running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        complete.Wait(TestContext.Current.CancellationToken);
        long stopping = Stopwatch.GetTimestamp();
        shell.Stop();

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.Single(output);
        Assert.True(Stopwatch.GetElapsedTime(stopping) < TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("-Kind Concurrent", "ConcurrentQueue")]
    [InlineData("-Workload N", "NonBlocking")]
    [InlineData("-Suite K", "KernelTest")]
    [InlineData("-Placement Sc", "Scatter")]
    [InlineData("-MemoryPolicy I", "Interleave")]
    [InlineData("-ProbedRoutine Sp", "'Spin 100'")]
    public void Values_complete(string parameter, string completion)
    {
        string line = $"Invoke-PoolBenchmark {parameter}";
        using var shell = PowerShell.Create(session.Runspace);

        var matches = CommandCompletion.CompleteInput(line, line.Length, null, shell).CompletionMatches;

        var match = Assert.Single(matches, match => match.CompletionText == completion);
        Assert.NotEqual(completion, match.ToolTip);
    }

    [Fact]
    public void An_unknown_workload_is_an_error_that_lists_those_that_there_are()
    {
        var error = session.RunForError("Invoke-PoolBenchmark FreeList -Workload Nothing");

        Assert.Equal("InvalidWorkload,KretPool.Cmdlets.InvokePoolBenchmarkCommand", error.FullyQualifiedErrorId);
        Assert.Contains("'Nothing' is none of NonBlocking, Bulk", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wildcard_stands_for_several_workloads() =>
        Assert.Equal(
            ["Bulk", "BulkCall"],
            session.Run($"(Invoke-PoolBenchmark FreeList 1 -Workload Bulk* {Short}).Workload").Select(name => name.ToString()));

    [Fact]
    public void A_warning_comes_once_a_sweep()
    {
        using var shell = session.Shell(
            $"Invoke-PoolBenchmark ConcurrentQueue,ConcurrentStack -ThreadCount {Environment.ProcessorCount + 1} {Short}");

        shell.Invoke();

        Assert.Single(shell.Streams.Warning, warning => warning.Message.Contains("more threads", StringComparison.Ordinal));
    }

    [Fact]
    public void A_result_survives_CLIXML()
    {
        var live = session.Run($"Invoke-PoolBenchmark ConcurrentQueue -ThreadCount 1 {Short}")[0];

        var back = (PSObject)PSSerializer.Deserialize(PSSerializer.Serialize(live));

        Assert.Equal("Deserialized.KretPool.Results.PoolBenchmarkResult", back.TypeNames[0]);
        Assert.All(
            live.Properties,
            property => Assert.Equal(property.Value, back.Properties[property.Name].Value));
    }
}
