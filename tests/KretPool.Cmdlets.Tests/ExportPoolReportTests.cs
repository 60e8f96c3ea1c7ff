using System.IO.Compression;
using System.Management.Automation;
using System.Xml.Linq;

namespace KretPool.Cmdlets.Tests;

public sealed class ExportPoolReportTests(ModuleSession session) : IClassFixture<ModuleSession>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kretpool-export").FullName;

    private string Target => Path.Combine(_folder, "report.xlsx");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Results_become_a_workbook_with_comparisons_and_charts()
    {
        var file = Assert.Single(session.Run(
            ResultScript.Make + "New-Results | Export-PoolReport $args[0] -BaselineKind FreeList -PassThru", Target));

        Assert.Equal(Target, ((FileInfo)file.BaseObject).FullName);
        using var package = ZipFile.OpenRead(Target);

        // Throughput, ratio to the baseline, and the median of the latency.
        Assert.Equal(3, package.Entries.Count(entry => entry.FullName.StartsWith("xl/charts/", StringComparison.Ordinal)));

        // Each chart has its numbers as a table; then comparisons, results and samples.
        Assert.Equal(6, package.Entries.Count(entry => entry.FullName.StartsWith("xl/tables/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Comparisons_in_the_pipeline_are_part_of_the_report()
    {
        session.Run(
            ResultScript.Make + "$r = New-Results; @($r) + @($r | Compare-PoolResult) | Export-PoolReport $args[0]", Target);

        Assert.Contains("Comparisons", SheetNames());
    }

    [Fact]
    public void What_other_cmdlets_found_out_is_part_of_the_report()
    {
        session.Run(
            ResultScript.Make + """
            $r = 1, 2, 4, 8 | ForEach-Object { New-Results -Threads $_ -Factor $_ }
            $nights = 1..12 | ForEach-Object {
                New-Results -Night ([datetime]::new(2026, 11, $_, 2, 0, 0, [DateTimeKind]::Utc)) -Run ([guid]::NewGuid()) -Factor ($_ -gt 6 ? 0.7 : 1)
            }
            @(Get-CpuTopology) + @($r) + @($r | Measure-PoolScaling) + @($r | Measure-PoolScaling -PerThreadCount) +
                @($nights | Find-PoolRegression) | Export-PoolReport $args[0]
            """, Target);

        Assert.Equal(
            ["Summary", "Throughput", "Latency", "Scaling", "ScalingLaw", "Efficiency", "Regressions", "Topology", "Results", "Samples"],
            SheetNames());
    }

    [Fact]
    public void A_baseline_that_is_not_there_does_not_cost_the_report()
    {
        var error = session.RunForError(ResultScript.Make + "New-Results | Export-PoolReport $args[0] -BaselineKind Freelst", Target);

        Assert.Equal("NoBaselineResult,KretPool.Cmdlets.ExportPoolReportCommand", error.FullyQualifiedErrorId);
        Assert.Contains("'Freelst'", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("FreeList, KretPool", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(["Summary", "Throughput", "Latency", "Results", "Samples"], SheetNames());
    }

    [Fact]
    public void A_path_is_relative_to_the_current_location()
    {
        session.Run(ResultScript.Make + "$null = $ExecutionContext.SessionState.Path.SetLocation($args[0]); New-Results | Export-PoolReport here.xlsx", _folder);

        Assert.True(File.Exists(Path.Combine(_folder, "here.xlsx")));
    }

    [Fact]
    public void What_if_writes_nothing()
    {
        session.Run(ResultScript.Make + "New-Results | Export-PoolReport $args[0] -WhatIf", Target);

        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_file_that_exists_is_refused_before_anything_is_measured()
    {
        File.WriteAllText(Target, "precious");

        var error = session.RunForError(
            ResultScript.Make + "$global:measured = $false; & { $global:measured = $true; New-Results } | Export-PoolReport $args[0]", Target);

        Assert.Equal("CannotWriteReport,KretPool.Cmdlets.ExportPoolReportCommand", error.FullyQualifiedErrorId);
        Assert.Equal("precious", File.ReadAllText(Target));
        Assert.Equal(false, session.Run("$global:measured")[0].BaseObject);
    }

    [Fact]
    public void Force_replaces_a_file()
    {
        File.WriteAllText(Target, "old");

        session.Run(ResultScript.Make + "New-Results | Export-PoolReport $args[0] -Force", Target);

        using var package = ZipFile.OpenRead(Target);
        Assert.NotEmpty(package.Entries);
    }

    [Theory]
    [InlineData("@()", "NothingToReport")]
    [InlineData("1", "NotAPoolResult")]
    public void Nothing_to_report_writes_nothing(string input, string id)
    {
        using var shell = session.Shell($"$ErrorActionPreference = 'Stop'; {input} | Export-PoolReport $args[0]", Target);

        var error = Assert.ThrowsAny<RuntimeException>(() => shell.Invoke());

        Assert.Equal($"{id},KretPool.Cmdlets.ExportPoolReportCommand", error.ErrorRecord.FullyQualifiedErrorId);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_stopped_pipeline_leaves_nothing_behind()
    {
        using var started = new ManualResetEventSlim();
        using var shell = session.Shell(
            ResultScript.Make + "& { New-Results; $args[0].Set(); while ($true) { } } $args[1] | Export-PoolReport $args[0]", Target, started);
        var running = shell.BeginInvoke();
        started.Wait(TestContext.Current.CancellationToken);

        shell.Stop();

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    private IEnumerable<string> SheetNames()
    {
        using var package = ZipFile.OpenRead(Target);
        using var workbook = package.GetEntry("xl/workbook.xml")!.Open();
        return [.. XDocument.Load(workbook).Descendants().Where(element => element.Name.LocalName == "sheet").Select(sheet => sheet.Attribute("name")!.Value)];
    }
}
