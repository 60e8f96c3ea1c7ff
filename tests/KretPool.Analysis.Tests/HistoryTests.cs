using KretPool.Analysis.History;
using KretPool.Analysis.Rows;
using KretPool.Results;
using Microsoft.Data.Sqlite;

namespace KretPool.Analysis.Tests;

public sealed class HistoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kretpool-history").FullName;

    private string Target => Path.Combine(_folder, "nightly.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_result_comes_back_as_it_was_saved()
    {
        var saved = SampleResults.Make("KretPool", 2, 1e8);
        (saved.SmtActive, saved.P50Ns, saved.Misses, saved.Warnings) = (true, 4.25, long.MaxValue, "o'clock; \u00e9");

        Save(saved);

        var found = Assert.Single(Find());
        Assert.All(FlatRow.ColumnsOf<PoolBenchmarkResult>(), column => Assert.Equal(column.Get(saved), column.Get(found)));
        Assert.Equal(DateTimeKind.Utc, found.StartedUtc.Kind);
    }

    [Fact]
    public void The_same_result_is_not_saved_twice()
    {
        using var database = ResultDatabase.OpenOrCreate(Target);

        Assert.True(database.Save(SampleResults.Make("KretPool", 2, 1e8)));
        Assert.False(database.Save(SampleResults.Make("KretPool", 2, 1e8)));
    }

    [Fact]
    public void Filters_narrow_what_is_found()
    {
        PoolBenchmarkResult[] all = [.. Night(0, "KretPool", "a"), .. Night(1, "KretPool", "b1"), .. Night(2, "FreeList", "B2")];
        Save(all);

        Assert.Equal(3, Find().Count);
        Assert.Equal(["b1", "B2"], Find(new() { HostNames = ["b*"] }).Select(result => result.HostName));
        Assert.Equal("FreeList", Assert.Single(Find(new() { Kinds = ["free*"] })).Kind);
        Assert.Equal("b1", Assert.Single(Find(new() { Since = SampleResults.Night.AddDays(1), Until = SampleResults.Night.AddDays(2) })).HostName);
        Assert.Equal("a", Assert.Single(Find(new() { RunIds = [all[0].RunId] })).HostName);
        Assert.Equal(["b1", "B2"], Find(new() { LastRuns = 2 }).Select(result => result.HostName));
        Assert.Equal("b1", Assert.Single(Find(new() { LastRuns = 1, Kinds = ["KretPool"] })).HostName);
        Assert.Empty(Find(new() { Workloads = ["Bulk"] }));
    }

    [Fact]
    public async Task Several_processes_write_at_once_and_nothing_is_lost_when_they_are_killed()
    {
        var stop = TestContext.Current.CancellationToken;
        var writers = new[] { KilledWriter.Start(Target), KilledWriter.Start(Target) };
        int[] told = [0, 0];
        try
        {
            foreach (var (i, writer) in writers.Index())
            {
                while (told[i] < 50)
                {
                    string? line = await writer.StandardOutput.ReadLineAsync(stop);
                    told[i] = int.Parse(line ?? throw new InvalidOperationException("The writer ended by itself."), null) + 1;
                }
            }
        }
        finally
        {
            foreach (var (i, writer) in writers.Index())
            {
                writer.Kill();
                await writer.WaitForExitAsync(stop);

                // What it told before it was killed counts as well.
                string rest = await writer.StandardOutput.ReadToEndAsync(stop);
                told[i] += rest.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
            }
        }

        // The last line may have been cut off by the kill, so one more may be saved than was told, and none fewer.
        foreach (var (i, writer) in writers.Index())
        {
            int saved = Find(new() { HostNames = [$"writer {writer.Id}"] }).Count;
            Assert.InRange(saved, told[i] - 1, told[i] + 1);
            writer.Dispose();
        }

        Assert.Equal("ok", Scalar("PRAGMA integrity_check"));
        Save(SampleResults.Make("KretPool", 1, 1));
    }

    [Fact]
    public void A_database_of_an_older_version_is_brought_up_to_date()
    {
        Save(SampleResults.Make("KretPool", 1, 1e6));
        Scalar("ALTER TABLE Result DROP COLUMN GcMode; PRAGMA user_version = 1; SELECT 1");

        var old = Assert.Single(Find());

        Assert.Equal("KretPool", old.Kind);
        Assert.Equal("", old.GcMode);
        Assert.Equal((long)DatabaseVersion, Scalar("PRAGMA user_version"));
        Save(SampleResults.Make("FreeList", 1, 1e6));
        Assert.Equal(2, Find().Count);
    }

    [Fact]
    public void A_database_of_a_newer_version_is_refused_and_left_as_it_was()
    {
        Save(SampleResults.Make("KretPool", 1, 1e6));
        Scalar($"PRAGMA user_version = {DatabaseVersion + 1}; SELECT 1");

        AssertRefused("newer");
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_as_it_was()
    {
        File.WriteAllText(Target, "Dear diary, today I wrote a letter that is longer than the header of any database file that I know of.");

        AssertRefused("not a SQLite database");
    }

    [Fact]
    public void A_database_of_another_program_is_refused_and_left_as_it_was()
    {
        Scalar("CREATE TABLE Song (Title TEXT); SELECT 1");

        AssertRefused("another program");
    }

    [Fact]
    public void A_torn_database_is_refused_and_left_as_it_was()
    {
        Save([.. Enumerable.Range(1, 200).Select(threads => SampleResults.Make("KretPool", threads, 1e6))]);
        using (var file = File.OpenWrite(Target))
        {
            file.SetLength(file.Length / 2);
        }

        AssertRefused("torn");
    }

    // What a killed writer and a torn disk leave together: the log lacks pages that the file lost.
    [Fact]
    public void A_torn_database_with_a_log_beside_it_is_refused_and_all_of_it_is_left_as_it_was()
    {
        Save([.. Enumerable.Range(1, 200).Select(threads => SampleResults.Make("KretPool", threads, 1e6))]);
        string copy = Path.Combine(_folder, "copy.db");
        using (var database = ResultDatabase.OpenOrCreate(Target))
        {
            database.Save(SampleResults.Make("KretPool", 201, 1e6));
            File.Copy(Target, copy);
            File.Copy(Target + "-wal", copy + "-wal");
        }

        using (var file = File.OpenWrite(copy))
        {
            file.SetLength(file.Length / 2);
        }

        byte[][] before = [File.ReadAllBytes(copy), File.ReadAllBytes(copy + "-wal")];

        Assert.Contains("torn", Assert.Throws<DatabaseException>(() => ResultDatabase.OpenOrCreate(copy)).Message, StringComparison.Ordinal);
        Assert.Contains("torn", Assert.Throws<DatabaseException>(() => ResultDatabase.OpenExisting(copy)).Message, StringComparison.Ordinal);
        Assert.Equal(before, [File.ReadAllBytes(copy), File.ReadAllBytes(copy + "-wal")]);
    }

    [Fact]
    public void What_a_killed_writer_left_in_the_log_is_found()
    {
        string copy = Path.Combine(_folder, "copy.db");
        using (var database = ResultDatabase.OpenOrCreate(Target))
        {
            foreach (int threads in Enumerable.Range(1, 100))
            {
                database.Save(SampleResults.Make("KretPool", threads, 1e6));
            }

            File.Copy(Target, copy);
            File.Copy(Target + "-wal", copy + "-wal");
        }

        using var left = ResultDatabase.OpenExisting(copy);
        Assert.Equal(100, left.Find(new ResultFilter()).Count());
    }

    [Fact]
    public void A_database_in_a_folder_that_must_not_be_written_can_be_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Nothing stops this user from writing.");
        Save(SampleResults.Make("KretPool", 1, 1e6));
#pragma warning disable CA1416 // Not on Windows.
        File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Assert.Single(Find());
        }
        finally
        {
            File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
#pragma warning restore CA1416
    }

    [Fact]
    public void A_database_that_is_not_there_is_not_made_by_reading()
    {
        Assert.Throws<DatabaseException>(() => ResultDatabase.OpenExisting(Target));

        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Of_runs_that_started_in_the_same_second_the_one_saved_last_is_the_last()
    {
        for (int run = 1; run <= 5; run++)
        {
            Save(Night(1, "KretPool", $"box{run}"));
            Assert.Equal($"box{run}", Assert.Single(Find(new() { LastRuns = 1 })).HostName);
        }
    }

    [Fact]
    public void A_folder_that_is_not_there_is_a_clear_error()
    {
        var error = Assert.Throws<DatabaseException>(() => ResultDatabase.OpenOrCreate(Path.Combine(_folder, "no", "nightly.db")));

        Assert.Contains("nightly.db", error.Message, StringComparison.Ordinal);
    }

    // The version of the database must go up with every change of the columns; the two are recorded here together.
    [Fact]
    public void The_version_stands_for_the_columns_that_a_result_has() =>
        Assert.Equal(ColumnsOfVersion, FlatRow.ColumnsOf<PoolBenchmarkResult>().Count);

    private const int DatabaseVersion = 2;
    private const int ColumnsOfVersion = 53;

    private static PoolBenchmarkResult[] Night(int day, string kind, string host)
    {
        var result = SampleResults.Make(kind, 1, 1e6);
        result.RunId = Guid.NewGuid();
        result.StartedUtc = SampleResults.Night.AddDays(day);
        result.HostName = host;
        return [result];
    }

    private void Save(params PoolBenchmarkResult[] results)
    {
        using var database = ResultDatabase.OpenOrCreate(Target);
        Assert.All(results, result => Assert.True(database.Save(result)));
    }

    private List<PoolBenchmarkResult> Find(ResultFilter? filter = null)
    {
        using var database = ResultDatabase.OpenExisting(Target);
        return [.. database.Find(filter ?? new())];
    }

    private object? Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Target};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    private void AssertRefused(string reason)
    {
        byte[] before = File.ReadAllBytes(Target);

        foreach (var open in new Func<ResultDatabase>[] { () => ResultDatabase.OpenOrCreate(Target), () => ResultDatabase.OpenExisting(Target) })
        {
            var error = Assert.Throws<DatabaseException>(open);
            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
            Assert.Contains(Target, error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, File.ReadAllBytes(Target));
    }
}
