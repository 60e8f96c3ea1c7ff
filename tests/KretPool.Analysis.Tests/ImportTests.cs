using KretPool.Analysis.Import;
using KretPool.Analysis.Scaling;

namespace KretPool.Analysis.Tests;

public sealed class ImportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kretpool-import").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_published_row_becomes_results_with_its_misses()
    {
        string path = File("x86.perf.n.csv", "data,1,48\nfl:96,20000000,80000000\n");
        File("x86.miss.n.csv", "data,1,48\nfl:96,0,20000000\n");

        var results = ResultFile.Read(path).ToList();

        Assert.Equal([1, 48], results.Select(result => result.ThreadCount));
        Assert.Equal([2e6, 8e6], results.Select(result => result.OpsPerSec));
        Assert.Equal([0, 0.2], results.Select(result => result.MissRate));
        Assert.Equal(["0", "0-1"], results.Select(result => result.Nodes));
        Assert.All(results, result => Assert.Equal(("FreeList", 96, "Probe"), (result.Kind, result.Capacity, result.Workload)));
    }

    [Fact]
    public void The_label_tells_objects_interrupter_and_bulk()
    {
        var result = Assert.Single(ResultFile.Read(File("perf.data.arm64.csv", " ,2\nrs+:1536/2-16,100\n")));

        Assert.Equal(("RingSlot unbalanced", 1536, 16, "Bulk, interrupter 2"), (result.Kind, result.Capacity, result.BulkSize, result.Workload));
    }

    [Theory]
    [InlineData("data,1\nfl:96,many\n", "line 2", "'many'")]
    [InlineData("data,1\nfl-96,1\n", "'fl-96'", "")]
    public void A_damaged_published_file_is_named_with_the_place(string content, string place, string value)
    {
        string path = File("perf.data.x86.csv", content);

        var error = Assert.Throws<FormatException>(() => ResultFile.Read(path).ToList());

        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Contains(value, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.csv", "\"Kind\",\"ThreadCount\",\"OpsPerSec\",\"StartedUtc\",\"Warnings\",\"SmtActive\",\"P50Ns\"\n\"A\",\"2\",\"5.5\",\"2026-11-20T02:00:00Z\",\"one, \"\"two\"\"\",\"True\",\"\"\n")]
    [InlineData("a.csv", "#TYPE X\nKind;ThreadCount;OpsPerSec;StartedUtc;Warnings;SmtActive\nA;2;5.5;2026-11-20T02:00:00Z;\"one, \"\"two\"\"\";True\n")]
    [InlineData("a.jsonl", "{\"Kind\":\"A\",\"ThreadCount\":2,\"OpsPerSec\":5.5,\"StartedUtc\":\"2026-11-20T02:00:00Z\",\"Warnings\":\"one, \\\"two\\\"\",\"SmtActive\":true,\"P50Ns\":null}\n")]
    [InlineData("a.json", "[{\"kind\":\"A\",\"ThreadCount\":2,\"OpsPerSec\":5.5,\"StartedUtc\":\"2026-11-20T02:00:00Z\",\"Warnings\":\"one, \\\"two\\\"\",\"SmtActive\":true}]")]
    public void Exported_results_come_back(string name, string content)
    {
        var result = Assert.Single(ResultFile.Read(File(name, content)));

        Assert.Equal(("A", 2, 5.5, SampleResults.Night, "one, \"two\"", true), (result.Kind, result.ThreadCount, result.OpsPerSec, result.StartedUtc, result.Warnings, result.SmtActive));
        Assert.Null(result.P50Ns);
    }

    [Theory]
    [InlineData("a.csv", "Song,Artist\nx,y\n")]
    [InlineData("a.json", "[1]")]
    [InlineData("a.json", "{")]
    [InlineData("a.csv", "")]
    [InlineData("a.csv", "Kind,ThreadCount,OpsPerSec\nA,two,1\n")]
    public void A_file_of_something_else_is_a_clear_error(string name, string content)
    {
        string path = File(name, content);

        var error = Assert.Throws<FormatException>(() => ResultFile.Read(path).ToList());

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_published_files_are_read_whole()
    {
        string folder = SharedData.Folder("kretprobe");

        var results = Directory.GetFiles(folder, "*.csv").SelectMany(ResultFile.Read).ToList();

        Assert.Equal(3690, results.Count);
        var first = results.Single(result => result is { HostName: "published-x86", Kind: "FreeList", Workload: "NonBlocking", Capacity: 384, ThreadCount: 96 });
        Assert.Equal(428_227.6, first.OpsPerSec, 0.01);
    }

    // The claim of docs/scaling.md: where there is one, it holds.
    [Fact]
    public void Predictions_from_half_of_a_package_of_the_published_machine_stay_within_a_tenth()
    {
        string folder = SharedData.Folder("kretprobe");
        var probe = ResultFile.Read(Path.Combine(folder, "x86.perf.n.csv")).Where(result => result.Kind != "FreeList");

        var rows = ScalingAnalysis.Fit(probe, new ScalingOptions { MaxThreadCount = 12, PredictedThreadCounts = [24] })
            .Where(row => row.PredictionErrorPercent is not null).Select(row => Math.Abs(row.PredictionErrorPercent!.Value)).Order().ToList();

        Assert.True(rows.Count > 30);
        Assert.InRange(rows[rows.Count / 2], 0, 10);
    }

    private string File(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }
}
