using System.Globalization;
using KretPool.Results;

namespace KretPool.Analysis.Import;

/// <summary>
/// The CSV files of the published evaluation of kretprobe's queues: counts per 10 seconds, a row for each kind and set of
/// conditions (<c>kind:objects/preempt-bulk</c> or <c>kind:objects</c>), a column for each thread count.
/// </summary>
/// <remarks>
/// Conditions that the rows do not tell are in the file's name: <c>perf.data.x86.csv</c> is the raw queue,
/// <c>x86.perf.n.csv</c> a probed <c>flock</c>, <c>x86.perf.s.csv</c> the same with a sleep; <c>miss</c> in place of
/// <c>perf</c> holds the misses of the same runs and is read along.
/// </remarks>
public static class PublishedCsv
{
    private const double Seconds = 10;

    private static readonly Dictionary<string, string> s_machines = new(StringComparer.OrdinalIgnoreCase)
    {
        ["x86"] = "Intel Xeon Platinum 8260",
        ["arm64"] = "arm64, 96 cores",
    };

    /// <summary>Whether a text begins as such a file does.</summary>
    /// <param name="firstLine">Its first line.</param>
    /// <returns>Whether its cells but the first are thread counts.</returns>
    public static bool Recognises(string firstLine)
    {
        ArgumentNullException.ThrowIfNull(firstLine);
        string[] cells = firstLine.Split(',');
        return cells.Length > 1 && cells[0].Trim() is "" or "data" && cells.Skip(1).All(cell => int.TryParse(cell, out int count) && count > 0);
    }

    /// <summary>Whether a file holds misses, which are read along with the throughput of the same runs.</summary>
    /// <param name="path">The path of a published file.</param>
    /// <returns>Whether its name says so.</returns>
    public static bool HoldsMisses(string path) =>
        Path.GetFileName(path).Contains("miss", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a file, and the misses beside it.</summary>
    /// <param name="path">The path of a file of throughput.</param>
    /// <returns>A result for each count; none for a file of misses, whose counts belong to another file.</returns>
    /// <exception cref="FormatException">The file is not of this form; the message names the line.</exception>
    public static IEnumerable<PoolBenchmarkResult> Read(string path)
    {
        if (HoldsMisses(path))
        {
            return [];
        }

        string missPath = MissPath(path);
        var misses = (File.Exists(missPath) ? ReadCounts(missPath) : [])
            .ToLookup(count => (count.Label, count.Threads), count => (long?)count.Value);
        return ReadCounts(path).Where(count => count.Value > 0)
            .Select(count => MakeResult(path, count, misses[(count.Label, count.Threads)].FirstOrDefault()));
    }

    private static string MissPath(string path) => Path.Combine(
        Path.GetDirectoryName(path)!,
        Path.GetFileName(path).Replace("perf.data", "perf.miss", StringComparison.Ordinal).Replace(".perf.", ".miss.", StringComparison.Ordinal));

    private static IEnumerable<Count> ReadCounts(string path)
    {
        string[] lines = File.ReadAllLines(path);
        int header = Array.FindIndex(lines, line => !string.IsNullOrWhiteSpace(line));
        int[] threads = [.. lines[header].Split(',').Skip(1).Select(cell => int.Parse(cell, CultureInfo.InvariantCulture))];
        for (int i = header + 1; i < lines.Length; i++)
        {
            string[] cells = lines[i].Split(',');
            if (string.IsNullOrWhiteSpace(lines[i]))
            {
                continue;
            }

            if (cells.Length > threads.Length + 1)
            {
                throw ResultFile.Error(path, i + 1, $"there are {cells.Length - 1} counts under {threads.Length} thread counts.");
            }

            var label = PublishedLabel.TryParse(cells[0])
                ?? throw ResultFile.Error(path, i + 1, $"'{cells[0]}' is not a label of the form kind:objects/preempt-bulk.");

            // An empty cell is a thread count that was not measured.
            foreach (var (column, cell) in cells.Skip(1).Index().Where(cell => !string.IsNullOrWhiteSpace(cell.Item)))
            {
                yield return long.TryParse(cell.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long value)
                    ? new Count(label, threads[column], value)
                    : throw ResultFile.Error(path, i + 1, $"'{cell}' is not a count.");
            }
        }
    }

    private static PoolBenchmarkResult MakeResult(string path, Count count, long? misses)
    {
        string fileName = Path.GetFileName(path);
        string machine = s_machines.Keys.FirstOrDefault(key => fileName.Contains(key, StringComparison.OrdinalIgnoreCase)) ?? "";
        string workload = WorkloadOf(fileName, count.Label);
        double rate = count.Value / Seconds;
        return new PoolBenchmarkResult
        {
            StartedUtc = File.GetLastWriteTimeUtc(path),
            HostName = machine.Length > 0 ? $"published-{machine}" : "published",
            Kind = count.Label.Kind,
            Workload = count.Label.Preempt == 0 ? workload : $"{workload}, interrupter {count.Label.Preempt}",
            ProbedRoutine = workload == "Probe" ? "flock" : "",
            ThreadCount = count.Threads,
            Capacity = count.Label.Objects,
            BulkSize = count.Label.Bulk,
            Nodes = NodesOf(machine, count.Threads),
            IterationCount = 1,
            IterationMs = Seconds * 1_000,
            OpsPerSec = rate,
            NsPerOp = 1e9 * count.Threads / rate,
            Hits = count.Value,
            Misses = misses ?? 0,
            MissRate = (double)(misses ?? 0) / ((misses ?? 0) + count.Value),
            CpuModel = s_machines.GetValueOrDefault(machine, ""),
            Warnings = "one iteration, published elsewhere" + (misses is null ? "; misses not published" : ""),
        };
    }

    private static string WorkloadOf(string fileName, PublishedLabel label) =>
        fileName.Contains(".perf.s.", StringComparison.Ordinal) ? "Blocking"
        : label.Probed ? "Probe"
        : label.Bulk > 1 ? "Bulk" : "NonBlocking";

    // The x86 machine has 2 packages of 24 cores each, and the threads fill one before the other; the files show the
    // border. Nothing is known of the nodes of the other machine.
    private static string NodesOf(string machine, int threads) => machine != "x86" ? "" : threads <= 24 ? "0" : "0-1";

    private sealed record Count(PublishedLabel Label, int Threads, long Value);
}
