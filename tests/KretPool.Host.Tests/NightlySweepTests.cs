using System.Diagnostics;
using System.Text.RegularExpressions;

namespace KretPool.Host.Tests;

/// <summary>examples/Start-NightlySweep.ps1, from one night to the next.</summary>
public sealed partial class NightlySweepTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kretpool nightly's test ");

    private string Night => Path.Combine(_folder.FullName, "nightly");

    private string Log => File.ReadAllText(Path.Combine(Night, "sweep.log"));

    private string BegunRun => Path.Combine(Night, "begun-run.txt");

    [Fact]
    public void A_first_night_has_a_history_a_log_and_a_report_and_nothing_to_compare_with()
    {
        Assert.Equal(0, Run("5ms").ExitCode);

        Assert.Equal(4, SavedResults().Length);
        Assert.Contains("no earlier run of this machine to compare with", Log, StringComparison.Ordinal);
        Assert.Matches(LogLine(), Log);
        Assert.Single(Directory.GetFiles(Path.Combine(Night, "reports"), "*.xlsx"));
        Assert.False(File.Exists(BegunRun));
    }

    [Theory]
    [InlineData(10, 2, "SLOWER tonight: KretPool, NonBlocking, threads 1")]
    [InlineData(0.01, 0, "4 results compared with the last nights: 0 slower.")]
    public void What_the_nights_before_were_decides_the_exit_code(double factor, int exitCode, string logged)
    {
        Run("5ms");
        PlantEarlierNights(factor);

        Assert.Equal(exitCode, Run("5ms").ExitCode);

        Assert.Contains(logged, Log, StringComparison.Ordinal);
    }

    [Fact]
    public void While_a_run_is_at_work_a_second_one_ends_at_once()
    {
        using var first = Start("5s");
        WaitForLog("starts: ");

        var second = Run("5s");

        Assert.Equal(3, second.ExitCode);
        Assert.Contains($"Another run is at work: process {first.Id}", second.Output, StringComparison.Ordinal);
        first.Kill();
    }

    [Fact]
    public void A_run_that_was_killed_goes_on_with_what_was_not_saved()
    {
        using (var first = Start("200ms"))
        {
            WaitForLog("FreeList, NonBlocking, threads 1");
            first.Kill();
            first.WaitForExit();
        }

        Assert.True(File.Exists(BegunRun));
        string[] saved = SavedResults();
        Assert.Equal(0, Run("200ms", "-ResumeOnly").ExitCode);

        string[] all = SavedResults();
        Assert.Equal(saved, all[..saved.Length]);
        Assert.Equal(4, all.Length);
        Assert.Single(all.Select(row => row.Split(' ')[0]).Distinct());
        Assert.Contains("was cut off; it goes on", Log, StringComparison.Ordinal);
        Assert.False(File.Exists(BegunRun));
    }

    [Theory]
    [InlineData("not an id\nnot a time\n1\nx", "is damaged")]
    [InlineData("a0000000-0000-0000-0000-000000000001\n2020-01-01T00:00:00.0000000Z\n1\nanother sweep", "measured something else")]
    public void What_cannot_be_gone_on_with_is_given_up_and_the_night_is_measured(string begun, string logged)
    {
        Directory.CreateDirectory(Night);
        File.WriteAllText(BegunRun, begun);

        Assert.Equal(0, Run("5ms").ExitCode);

        Assert.Contains(logged, Log, StringComparison.Ordinal);
        Assert.Equal(4, SavedResults().Length);
    }

    [Fact]
    public void A_run_that_was_cut_off_too_long_ago_is_given_up()
    {
        Directory.CreateDirectory(Night);
        File.WriteAllText(BegunRun, "a0000000-0000-0000-0000-000000000001\n2020-01-01T00:00:00.0000000Z\n1\n"
            + "IterationCount 6; IterationTime 5ms; Kind KretPool,FreeList; ThreadCount 1,2; Workload NonBlocking\n");

        Assert.Equal(0, Run("5ms").ExitCode);

        Assert.Contains("was cut off on 2020-01-01 00:00Z, longer than 12:00:00 ago", Log, StringComparison.Ordinal);
    }

    [Fact]
    public void With_ResumeOnly_nothing_is_started()
    {
        Assert.Equal(0, Run("5ms", "-ResumeOnly").ExitCode);

        Assert.False(File.Exists(Path.Combine(Night, "history.db")));
    }

    [Fact]
    public void A_kind_that_there_is_not_fails_and_is_no_run_to_go_on_with()
    {
        var result = HostProcess.Run([ExampleScripts.PathOf("Start-NightlySweep.ps1"), "-Folder", Night, "-Kind", "FreeLst"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Did you mean 'FreeList'?", Log, StringComparison.Ordinal);
        Assert.False(File.Exists(BegunRun));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_fails_before_anything_is_measured()
    {
        File.WriteAllText(Night, "a file");

        var result = Run("10min");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("cannot be made", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_that_is_none_fails_the_night_and_is_left_alone()
    {
        Directory.CreateDirectory(Night);
        string database = Path.Combine(Night, "history.db");
        File.WriteAllText(database, "not a history");

        Assert.Equal(1, Run("10min").ExitCode);

        Assert.Contains("is not a SQLite database", Log, StringComparison.Ordinal);
        Assert.Equal("not a history", File.ReadAllText(database));
    }

    [Fact]
    public void Thread_counts_that_are_none_are_refused_with_an_example() => Assert.Contains(
        "'1,x' is not a list of thread counts such as 1,2,4",
        HostProcess.RunCommand($"& '{Quoted(ExampleScripts.PathOf("Start-NightlySweep.ps1"))}' -Folder '{Quoted(Night)}' -ThreadCount '1,x'").Error,
        StringComparison.Ordinal);

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    private HostResult Run(string iterationTime, params string[] more) =>
        HostProcess.Run([.. Arguments(iterationTime), .. more]);

    private Process Start(string iterationTime)
    {
        var start = new ProcessStartInfo(HostProcess.Path) { RedirectStandardOutput = true };
        foreach (string argument in Arguments(iterationTime))
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    private string[] Arguments(string iterationTime) =>
    [
        ExampleScripts.PathOf("Start-NightlySweep.ps1"), "-Folder", Night, "-Kind", "KretPool,FreeList", "-ThreadCount", "1,2",
        "-IterationTime", iterationTime, "-IterationCount", "6",
    ];

    private void WaitForLog(string text)
    {
        string path = Path.Combine(Night, "sweep.log");
        Assert.True(
            SpinWait.SpinUntil(() => File.Exists(path) && ReadShared(path).Contains(text, StringComparison.Ordinal), TimeSpan.FromMinutes(1)),
            $"'{text}' did not appear in the log.");
    }

    private static string ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new StreamReader(stream).ReadToEnd();
    }

    private string[] SavedResults() => OnHistory(
        "Get-PoolResult $database | ForEach-Object { \"$($_.RunId) $($_.Kind) $($_.ThreadCount) $($_.OpsPerSec)\" }");

    // Puts six nights in the place of the one that was measured: the same, earlier, at another speed.
    private void PlantEarlierNights(double factor) => OnHistory(FormattableString.Invariant($$"""
        $tonight = @(Get-PoolResult $database)
        foreach ($file in [System.IO.Directory]::GetFiles([System.IO.Path]::GetDirectoryName($database), 'history.db*')) {
            [System.IO.File]::Delete($file)
        }

        foreach ($night in 1..6) {
            $run = [guid]::NewGuid()
            foreach ($row in $tonight) {
                $row = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($row))
                $row.RunId = $run
                $row.StartedUtc = $row.StartedUtc.AddDays(-$night)
                $row.OpsPerSec *= {{factor}}
                $row.SamplesOpsPerSec = ($row.SamplesOpsPerSec -split ';').ForEach({ [long] ({{factor}} * $_) }) -join ';'
                $row | Save-PoolResult $database
            }
        }
        """));

    private string[] OnHistory(string script)
    {
        string database = Quoted(Path.Combine(Night, "history.db"));
        var result = HostProcess.RunCommand(
            $"$ErrorActionPreference = 'Stop'; Import-Module '{Quoted(ExampleScripts.Manifest)}'; $database = '{database}'; {script}");
        Assert.Equal("", result.Error);
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex(@"(?m)^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ INFO  KretPool, NonBlocking, threads 1, objects 16: [\d.,]+ M/s$")]
    private static partial Regex LogLine();
}
