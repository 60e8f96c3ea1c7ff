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
    [InlineData("data,1\nfl-96,1\n", "line 2", "'fl-96'")]
    [InlineData("data,1,2\nfl:96,1,2,3\n", "line 2", "3 counts under 2")]
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
    public void A_published_row_may_have_gaps_and_its_misses_may_be_missing()
    {
        var results = ResultFile.Read(File("x86.perf.n.csv", "data, 1, 2, 4\r\nfl:96,100,,400\r\n\r\nop+:96,7\r\n")).ToList();

        Assert.Equal([("FreeList", 1), ("FreeList", 4), ("SlotArray unbalanced", 1)], results.Select(result => (result.Kind, result.ThreadCount)));
        Assert.All(results, result => Assert.Contains("misses not published", result.Warnings, StringComparison.Ordinal));
        Assert.All(results, result => Assert.Equal("flock", result.ProbedRoutine));
    }

    // Export-Csv writes numbers and times in the culture of its session.
    [Theory]
    [InlineData("\"A\",\"2\",\"1234567,5\",\"05.11.2026 02:00:00\"")]
    [InlineData("\"A\",\"2\",\"1234567.5\",\"11/5/2026 2:00:00 AM\"")]
    [InlineData("\"A\",\"2\",\"1234567.5\",\"11/05/2026 02:00:00\"")]
    [InlineData("\"A\",\"2\",\"1.2345675E6\",\"2026-11-05T02:00:00.0000000Z\"")]
    [InlineData("\"A\",\"2\",\"1234567,5\",\"2026-11-05 04:00:00+02:00\"")]
    public void Numbers_and_times_of_another_culture_are_read_as_they_were_meant(string row)
    {
        var result = Assert.Single(ResultFile.Read(File("a.csv", $"Kind,ThreadCount,OpsPerSec,StartedUtc\n{row}\n")));

        Assert.Equal(1_234_567.5, result.OpsPerSec);
        Assert.Equal(new DateTime(2026, 11, 5, 2, 0, 0, DateTimeKind.Utc), result.StartedUtc);
        Assert.Equal(DateTimeKind.Utc, result.StartedUtc.Kind);
    }

    [Theory]
    [InlineData("{\n  \"Kind\": \"A\",\n  \"ThreadCount\": 2,\n  \"OpsPerSec\": 5\n}")]
    [InlineData("[\n  {\n    \"Kind\": \"A\",\n    \"ThreadCount\": 2,\n    \"OpsPerSec\": 5\n  }\n]\n")]
    [InlineData("\n{\"Kind\":\"A\",\"ThreadCount\":2,\"OpsPerSec\":5}\n\n")]
    public void Json_comes_on_one_line_or_many(string content) =>
        Assert.Equal("A", Assert.Single(ResultFile.Read(File("a.json", content))).Kind);

    [Theory]
    [InlineData("a.csv", "Kind,ThreadCount,OpsPerSec\nA,1,5\nB,two,5\nC,3,5\n", "line 3")]
    [InlineData("a.csv", "Kind;ThreadCount;OpsPerSec\nA;1;5\nB;0;5\nC;3;5\n", "line 3")]
    [InlineData("a.csv", "Kind\tThreadCount\tOpsPerSec\nA\t1\t5\nB\t2\t-5\nC\t3\t5\n", "line 3")]
    [InlineData("a.jsonl", "{\"Kind\":\"A\",\"ThreadCount\":1,\"OpsPerSec\":5}\n7\n{\"Kind\":\"C\",\"ThreadCount\":3,\"OpsPerSec\":5}", "line 2")]
    [InlineData("a.json", "[\n{\"Kind\":\"A\",\"ThreadCount\":1,\"OpsPerSec\":5},\n{\"Kind\":\"B\",\"ThreadCount\":1},\n{\"Kind\":\"C\",\"ThreadCount\":3,\"OpsPerSec\":5}\n]", "line 3")]
    [InlineData("a.jsonl", "{\"Kind\":\"A\",\"ThreadCount\":1,\"OpsPerSec\":5}\n{\"Kind\":\"B\",\"ThreadCount\":1.5,\"OpsPerSec\":5}\n{\"Kind\":\"C\",\"ThreadCount\":3,\"OpsPerSec\":5}", "line 2")]
    public void A_bad_entry_is_named_with_its_line_and_the_others_are_read(string name, string content, string place)
    {
        List<FormatException> skipped = [];
        string path = File(name, content);

        var results = ResultFile.Read(path, skipped.Add).ToList();

        Assert.Equal(["A", "C"], results.Select(result => result.Kind));
        Assert.Contains($"'{path}', {place}:", Assert.Single(skipped).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_is_known_and_not_taken_for_rows()
    {
        string path = File("nightly.db", "SQLite format 3\0\u0010");

        var error = Assert.Throws<FormatException>(() => ResultFile.Read(path).ToList());

        Assert.Contains("SQLite database", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_cut_off_gives_what_is_whole_and_names_where_it_ends()
    {
        string path = File("a.jsonl", "{\"Kind\":\"A\",\"ThreadCount\":1,\"OpsPerSec\":5}\n{\"Kind\":\"B\",\"Thre");
        var reading = ResultFile.Read(path).GetEnumerator();

        Assert.True(reading.MoveNext());
        Assert.Contains("line 2", Assert.Throws<FormatException>(() => reading.MoveNext()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_UTF_16_is_read_as_well()
    {
        string path = File("a.json", "");
        System.IO.File.WriteAllText(path, "{\"Kind\":\"\u00c4\",\"ThreadCount\":1,\"OpsPerSec\":5}", System.Text.Encoding.Unicode);

        Assert.Equal("\u00c4", Assert.Single(ResultFile.Read(path)).Kind);
    }

    [Fact]
    public void The_published_files_are_read_whole()
    {
        string folder = SharedData.Folder("kretprobe");

        var results = Directory.GetFiles(folder, "*.csv").SelectMany(path => ResultFile.Read(path)).ToList();

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
