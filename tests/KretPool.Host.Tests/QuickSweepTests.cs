using System.IO.Compression;

namespace KretPool.Host.Tests;

/// <summary>The first command of the README, with short iterations.</summary>
public sealed class QuickSweepTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quicksweep").FullName;

    private string Workbook => Path.Combine(_folder, "sweep.xlsx");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("KretPool,FreeList", "against FreeList")]
    [InlineData("DefaultObjectPool,Concurrent[BS]*", "against DefaultObjectPool")]
    public void It_compares_with_FreeList_or_else_with_the_first_kind(string kinds, string comparison)
    {
        HostResult result = Sweep("-Kind", kinds);

        Assert.Contains(comparison, result.Output, StringComparison.Ordinal);
        Assert.Contains("The workbook is " + Workbook, result.Output, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
        using ZipArchive workbook = ZipFile.OpenRead(Workbook);
        Assert.Equal(2, workbook.Entries.Count(entry => entry.FullName.Contains("/charts/chart", StringComparison.Ordinal)));
    }

    [Fact]
    public void It_measures_one_kind_alone()
    {
        HostResult result = Sweep("-Kind", "KretPool");

        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain("against", result.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Workbook));
    }

    [Theory]
    [InlineData("-ThreadCount", "0", "thread count of 0")]
    [InlineData("-Kind", "FreeLst", "Did you mean 'FreeList'?")]
    [InlineData("-OutputPath", "no/such/folder/sweep.xlsx", "no folder")]
    public void What_cannot_be_done_is_refused_before_anything_is_measured(string parameter, string value, string message)
    {
        HostResult result = Sweep(parameter, value);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, OneLine(result.Error), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void A_workbook_that_exists_stays_unless_forced()
    {
        File.WriteAllText(Workbook, "precious");

        Assert.Equal(1, Sweep("-Kind", "KretPool").ExitCode);
        Assert.Equal("precious", File.ReadAllText(Workbook));
        Assert.Equal(0, Sweep("-Kind", "KretPool", "-Force").ExitCode);
        Assert.NotEqual("precious", File.ReadAllText(Workbook)[..8]);
    }

    // An error is broken over lines with a bar before each.
    private static string OneLine(string error) =>
        string.Join(' ', error.Split([' ', '\n', '|'], StringSplitOptions.RemoveEmptyEntries));

    private HostResult Sweep(params string[] arguments)
    {
        string[] output = arguments.Contains("-OutputPath") ? [] : ["-OutputPath", Workbook];
        return HostProcess.Run(
            [Path.Combine(HostProcess.Root, "examples", "Start-QuickSweep.ps1"), "-IterationTime", "0:0:0.002", .. output, .. arguments]);
    }
}
