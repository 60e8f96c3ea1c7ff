namespace KretPool.Cmdlets.Tests;

public sealed class PoolHistoryTests(ModuleSession session) : IClassFixture<ModuleSession>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kretpool-history").FullName;

    private string Database => Path.Combine(_folder, "nightly.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Results_are_saved_as_they_pass_and_come_back_as_good_as_live_ones()
    {
        var passed = session.Run(ResultScript.Make + "New-Results | Save-PoolResult $args[0] -PassThru", Database);

        var found = session.Run("Get-PoolResult $args[0]", Database);

        Assert.Equal(2, passed.Count);
        Assert.Equal("KretPool.Results.PoolBenchmarkResult", found[0].TypeNames[0]);
        Assert.Equal("Faster", session.Run("(Get-PoolResult $args[0] | Compare-PoolResult).Verdict", Database)[0].ToString());
    }

    [Fact]
    public void Each_result_is_in_the_database_before_the_next_one_comes()
    {
        var counts = session.Run(
            ResultScript.Make + "$file = $args[0]; New-Results | Save-PoolResult $file -PassThru | ForEach-Object { @(Get-PoolResult $file).Count }", Database);

        Assert.Equal([1, 2], counts.Select(count => (int)count.BaseObject));
    }

    [Fact]
    public void Runs_are_found_by_number_and_by_date()
    {
        session.Run(
            ResultScript.Make + """
            foreach ($day in 1..4) {
                New-Results -Night "2026-11-0${day}T02:00:00Z" -Run "a0000000-0000-0000-0000-00000000000$day" | Save-PoolResult $args[0]
            }
            """,
            Database);

        Assert.Equal(4, session.Run("Get-PoolResult $args[0] -Last 2", Database).Count);
        Assert.Equal(2, session.Run("Get-PoolResult $args[0] -Since '2026-11-04'", Database).Count);
        Assert.Equal(4, session.Run("Get-PoolResult $args[0] -Kind free*", Database).Count);
    }

    [Fact]
    public void A_file_of_somebody_else_is_refused_before_anything_is_measured()
    {
        File.WriteAllText(Database, "precious");

        var error = session.RunForError(ResultScript.Make + "New-Results | Save-PoolResult $args[0]", Database);

        Assert.Equal("CannotOpenDatabase,KretPool.Cmdlets.SavePoolResultCommand", error.FullyQualifiedErrorId);
        Assert.Equal("precious", File.ReadAllText(Database));
    }

    [Fact]
    public void A_database_of_the_current_location_is_completed_from()
    {
        session.Run(ResultScript.Make + "New-Results | Save-PoolResult $args[0]", Database);

        var words = session.Run(
            """
            $null = $ExecutionContext.SessionState.Path.SetLocation($args[0])
            foreach ($line in 'Get-PoolResult nightly.db -Kind Kr', 'Get-PoolResult -Database ./nightly.db -HostName ') {
                (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText
            }
            $null = $ExecutionContext.SessionState.Path.SetLocation('/')
            """,
            _folder);

        Assert.Equal(["KretPool", "box"], words.Select(word => word.ToString()));
    }

    [Fact]
    public void A_path_is_taken_as_completion_writes_it_with_backticks_before_brackets()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "rack[3]"));

        var words = session.Run(
            ResultScript.Make + """
            $null = $ExecutionContext.SessionState.Path.SetLocation($args[0])
            New-Results | Save-PoolResult './rack`[3`]/n[1].db'
            $line = "Get-PoolResult './rack``[3``]/n``[1``].db' -Kind Kr"
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText
            (Get-PoolResult './rack`[3`]/n`[1`].db').Count
            (New-Results | Export-PoolReport './rack`[3`]/r.html' -PassThru).Name
            (New-Results | Export-PoolReport './tick`[.html' -PassThru).Name
            $null = $ExecutionContext.SessionState.Path.SetLocation('/')
            """,
            _folder);

        Assert.Equal(["KretPool", "2", "r.html", "tick[.html"], words.Select(word => word.ToString()));
    }

    [Fact]
    public void A_file_of_published_misses_alone_is_warned_of()
    {
        File.WriteAllText(Path.Combine(_folder, "perf.miss.x86.csv"), " ,1\nfl:384/0-1,0\n");
        using var shell = session.Shell("Import-PoolResult $args[0]", Path.Combine(_folder, "perf.miss.x86.csv"));

        Assert.Empty(shell.Invoke());
        Assert.Contains("misses only", Assert.Single(shell.Streams.Warning).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Clixml_is_known_by_its_content_and_its_bad_objects_are_named()
    {
        string path = Path.Combine(_folder, "r.txt");
        session.Run(
            ResultScript.Make + "[System.IO.File]::WriteAllText($args[0], [System.Management.Automation.PSSerializer]::Serialize(@((New-Results)[0], 'song')))", path);
        using var shell = session.Shell("Import-PoolResult $args[0]", path);

        Assert.Single(shell.Invoke());
        Assert.Contains($"'{path}', object 2:", Assert.Single(shell.Streams.Error).Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_if_saves_nothing()
    {
        session.Run(ResultScript.Make + "New-Results | Save-PoolResult $args[0] -WhatIf", Database);

        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_database_that_is_not_there_is_an_error_by_id() =>
        Assert.Equal(
            "CannotReadDatabase,KretPool.Cmdlets.GetPoolResultCommand",
            session.RunForError("Get-PoolResult $args[0]", Database).FullyQualifiedErrorId);

    [Fact]
    public void CLIXML_and_JSON_lines_are_imported()
    {
        string xml = Path.Combine(_folder, "r.clixml");
        session.Run(
            ResultScript.Make + "[System.IO.File]::WriteAllText($args[0], [System.Management.Automation.PSSerializer]::Serialize(@(New-Results)))", xml);
        File.WriteAllText(Path.Combine(_folder, "r.jsonl"), "{\"Kind\":\"A\",\"ThreadCount\":1,\"OpsPerSec\":1}\n");

        Assert.Equal(3, session.Run("Import-PoolResult $args[0]", Path.Combine(_folder, "r.*")).Count);
        Assert.Equal("Faster", session.Run("(Import-PoolResult -LiteralPath $args[0] | Compare-PoolResult).Verdict", xml)[0].ToString());
    }

    [Fact]
    public void Something_else_is_not_imported()
    {
        File.WriteAllText(Path.Combine(_folder, "song.csv"), "Song,Artist\nx,y\n");

        Assert.Equal(
            "CannotImport,KretPool.Cmdlets.ImportPoolResultCommand",
            session.RunForError("Import-PoolResult $args[0]", Path.Combine(_folder, "song.csv")).FullyQualifiedErrorId);
    }

    [Fact]
    public void Scaling_and_regressions_take_results_from_the_pipeline()
    {
        var fit = Assert.Single(session.Run(
            ResultScript.Make + "1, 2, 4, 8 | ForEach-Object { New-Results -Threads $_ } | Where-Object Kind -eq KretPool | Measure-PoolScaling"));
        var change = Assert.Single(session.Run(
            ResultScript.Make + """
            $history = foreach ($day in 10..29) {
                New-Results -Night "2026-11-${day}T02:00:00Z" -Run "a0000000-0000-0000-0000-0000000000$day" -Factor ($day -lt 20 ? 1 : 0.8) |
                    Where-Object Kind -eq KretPool
            }
            $history | Find-PoolRegression
            """));

        Assert.Equal("KretPool.Results.PoolScaling", fit.TypeNames[0]);
        Assert.Equal(20, ((DateTime)change.Properties["ChangedUtc"].Value).Day);
    }
}
