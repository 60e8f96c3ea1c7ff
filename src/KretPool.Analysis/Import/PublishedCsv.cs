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

    /// <summary>Reads a file, and the misses beside it.</summary>
    /// <param name="path">The path of a file of throughput.</param>
    /// <returns>A result for each count; none for a file of misses, whose counts belong to another file.</returns>
    /// <exception cref="FormatException">The file is not of this form; the message names the line.</exception>
    public static IEnumerable<PoolBenchmarkResult> Read(string path)
    {
        string name = Path.GetFileName(path);
        if (name.Contains("miss", StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        var misses = ReadCounts(MissPath(path, name)).ToDictionary(count => (count.Label, count.Threads), count => count.Value);
        return ReadCounts(path).Where(count => count.Value > 0)
            .Select(count => MakeResult(name, File.GetLastWriteTimeUtc(path), count, misses));
    }

    private static string MissPath(string path, string name)
    {
        string missName = name.StartsWith("perf.data", StringComparison.Ordinal)
            ? name.Replace("perf.data", "perf.miss", StringComparison.Ordinal)
            : name.Replace(".perf.", ".miss.", StringComparison.Ordinal);
        return Path.Combine(Path.GetDirectoryName(path)!, missName);
    }

    private static IEnumerable<Count> ReadCounts(string path)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        string[] lines = File.ReadAllLines(path);
        int[] threads = [.. lines[0].Split(',').Skip(1).Select(cell => int.Parse(cell, CultureInfo.InvariantCulture))];
        for (int line = 1; line < lines.Length; line++)
        {
            string[] cells = lines[line].Split(',');
            for (int i = 1; i < cells.Length && i <= threads.Length; i++)
            {
                yield return long.TryParse(cells[i], NumberStyles.None, CultureInfo.InvariantCulture, out long value)
                    ? new Count(cells[0], threads[i - 1], value)
                    : throw new FormatException($"{path}, line {line + 1}: '{cells[i]}' is not a count.");
            }
        }
    }

    private static PoolBenchmarkResult MakeResult(
        string fileName, DateTime time, Count count, Dictionary<(string Label, int Threads), long> misses)
    {
        var label = PublishedLabel.Parse(count.Label);
        string machine = s_machines.Keys.FirstOrDefault(key => fileName.Contains(key, StringComparison.OrdinalIgnoreCase)) ?? "";
        long missed = misses.GetValueOrDefault((count.Label, count.Threads));
        double rate = count.Value / Seconds;
        return new PoolBenchmarkResult
        {
            StartedUtc = time,
            HostName = machine.Length > 0 ? $"published-{machine}" : "published",
            Kind = label.Kind,
            Workload = WorkloadOf(fileName, label),
            ThreadCount = count.Threads,
            Capacity = label.Objects,
            BulkSize = label.Bulk,
            Nodes = NodesOf(machine, count.Threads),
            IterationCount = 1,
            IterationMs = Seconds * 1_000,
            OpsPerSec = rate,
            NsPerOp = 1e9 * count.Threads / rate,
            Hits = count.Value,
            Misses = missed,
            MissRate = (double)missed / (missed + count.Value),
            CpuModel = s_machines.GetValueOrDefault(machine, ""),
            Warnings = "one iteration, published elsewhere",
        };
    }

    private static string WorkloadOf(string fileName, PublishedLabel label)
    {
        string workload = fileName.Contains(".perf.s.", StringComparison.Ordinal) ? "Blocking"
            : fileName.Contains(".perf.n.", StringComparison.Ordinal) ? "Probe"
            : label.Bulk > 1 ? "Bulk" : "NonBlocking";
        return label.Preempt == 0 ? workload : $"{workload}, interrupter {label.Preempt}";
    }

    // The x86 machine has 2 packages of 24 cores each, and the threads fill one before the other; the files show the
    // border. Nothing is known of the nodes of the other machine.
    private static string NodesOf(string machine, int threads) => machine != "x86" ? "" : threads <= 24 ? "0" : "0-1";

    private sealed record Count(string Label, int Threads, long Value);
}
