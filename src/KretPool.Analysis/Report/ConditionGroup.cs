using KretPool.Analysis.Rows;
using KretPool.Results;

namespace KretPool.Analysis.Report;

/// <summary>Results taken under the same conditions but for the thread count: what one chart over threads shows.</summary>
/// <param name="Label">What tells the group from the others, in words.</param>
/// <param name="Results">Its results.</param>
internal sealed record ConditionGroup(string Label, IReadOnlyList<PoolBenchmarkResult> Results)
{
    private static readonly (FlatColumn Column, string Label)[] s_columns =
    [
        (Column(nameof(PoolBenchmarkResult.HostName)), "host {0}"),
        (Column(nameof(PoolBenchmarkResult.Workload)), "{0}"),
        (Column(nameof(PoolBenchmarkResult.Capacity)), "capacity {0}"),
        (Column(nameof(PoolBenchmarkResult.ObjectSize)), "objects of {0} bytes"),
        (Column(nameof(PoolBenchmarkResult.BulkSize)), "bulk {0}"),
        (Column(nameof(PoolBenchmarkResult.Placement)), "placement {0}"),
        (Column(nameof(PoolBenchmarkResult.MemoryPolicy)), "memory {0}"),
        (Column(nameof(PoolBenchmarkResult.ProbedRoutine)), "routine {0}"),
        (Column(nameof(PoolBenchmarkResult.HoldMs)), "held {0} ms"),
        (Column(nameof(PoolBenchmarkResult.InterruptMs)), "interrupter every {0} ms"),
        (Column(nameof(PoolBenchmarkResult.ClosedWhileOut)), "closed while out {0}"),
    ];

    /// <summary>Splits results by their conditions.</summary>
    /// <param name="results">The results.</param>
    /// <param name="exceptFor">A column besides the thread count that does not split, or null.</param>
    /// <returns>The groups, in order of appearance.</returns>
    public static IReadOnlyList<ConditionGroup> Split(
        IReadOnlyCollection<PoolBenchmarkResult> results, string? exceptFor = null)
    {
        var columns = s_columns.Where(entry => entry.Column.Name != exceptFor).ToList();
        if (CapacityFollowsThreads(results))
        {
            columns.RemoveAll(entry => entry.Column.Name == nameof(PoolBenchmarkResult.Capacity));
        }

        var varying = columns.FindAll(entry => results.Select(result => Text(entry.Column, result)).Distinct().Skip(1).Any());
        return
        [
            .. results
                .GroupBy(result => string.Join('\n', columns.Select(entry => Text(entry.Column, result))))
                .Select(group => new ConditionGroup(Describe(group.First(), varying), [.. group])),
        ];
    }

    private static string Describe(PoolBenchmarkResult result, List<(FlatColumn Column, string Label)> varying) =>
        varying.Count == 0
            ? result.Workload
            : string.Join(", ", varying
                .Where(entry => Text(entry.Column, result).Length > 0)
                .Select(entry => string.Format(null, entry.Label, Text(entry.Column, result))));

    // Pools made larger with more threads belong on one line.
    private static bool CapacityFollowsThreads(IReadOnlyCollection<PoolBenchmarkResult> results) =>
        results.GroupBy(result => (result.Workload, result.ThreadCount, result.BulkSize))
            .All(group => group.Select(result => result.Capacity).Distinct().Count() == 1);

    private static FlatColumn Column(string name) => FlatRow.Find<PoolBenchmarkResult>(name)!;

    private static string Text(FlatColumn column, PoolBenchmarkResult result) =>
        FormattableString.Invariant($"{column.Get(result)}");
}
