using KretPool.Analysis.Rows;
using KretPool.Results;

namespace KretPool.Analysis.Report;

/// <summary>Values measured under the same conditions but for the thread count: what one chart over threads shows.</summary>
/// <param name="Label">What tells the group from the others, in words.</param>
/// <param name="Values">Its values.</param>
internal sealed record ConditionGroup(string Label, IReadOnlyList<MeasuredValue> Values)
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

    /// <summary>Splits values by their conditions.</summary>
    /// <param name="values">The values.</param>
    /// <param name="exceptFor">A column besides the thread count that does not split, or null.</param>
    /// <returns>The groups, in order of appearance.</returns>
    public static IReadOnlyList<ConditionGroup> Split(IReadOnlyCollection<MeasuredValue> values, string? exceptFor = null)
    {
        var columns = s_columns.Where(entry => entry.Column.Name != exceptFor).ToList();
        if (CapacityFollowsThreads(values))
        {
            columns.RemoveAll(entry => entry.Column.Name == nameof(PoolBenchmarkResult.Capacity));
        }

        // A column that is the same throughout neither splits nor tells groups apart.
        var varying = columns.FindAll(
            entry => values.Select(value => Text(entry.Column, value.Conditions)).Distinct().Skip(1).Any());
        return
        [
            .. values
                .GroupBy(value => string.Join('\n', varying.Select(entry => Text(entry.Column, value.Conditions))))
                .Select(group => new ConditionGroup(Describe(group.First().Conditions, varying), [.. group])),
        ];
    }

    /// <summary>How many values of a condition there are among the group's.</summary>
    public int CountOf(Func<PoolBenchmarkResult, int> condition) =>
        Values.Select(value => condition(value.Conditions)).Distinct().Count();

    private static string Describe(PoolBenchmarkResult result, List<(FlatColumn Column, string Label)> varying) =>
        varying.Count == 0
            ? result.Workload
            : string.Join(", ", varying
                .Where(entry => Text(entry.Column, result).Length > 0)
                .Select(entry => string.Format(null, entry.Label, Text(entry.Column, result))));

    // Pools made larger with more threads belong on one line.
    private static bool CapacityFollowsThreads(IReadOnlyCollection<MeasuredValue> values) =>
        values.Select(value => value.Conditions).GroupBy(result => (result.Workload, result.ThreadCount, result.BulkSize))
            .All(group => group.Select(result => result.Capacity).Distinct().Count() == 1);

    private static FlatColumn Column(string name) => FlatRow.Find<PoolBenchmarkResult>(name)!;

    private static string Text(FlatColumn column, PoolBenchmarkResult result) =>
        FormattableString.Invariant($"{column.Get(result)}");
}
