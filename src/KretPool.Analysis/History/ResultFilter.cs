using KretPool.Results;
using Microsoft.Data.Sqlite;

namespace KretPool.Analysis.History;

/// <summary>Which results of a history are wanted. What is not set does not restrict.</summary>
public sealed class ResultFilter
{
    /// <summary>Host names; <c>*</c>, <c>?</c> and <c>[a-z]</c> are wildcards, case does not matter.</summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>Kinds, with wildcards.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Workloads, with wildcards.</summary>
    public IReadOnlyList<string> Workloads { get; init; } = [];

    /// <summary>Runs.</summary>
    public IReadOnlyList<Guid> RunIds { get; init; } = [];

    /// <summary>Results that started at this time or later; a local time is taken as such.</summary>
    public DateTime? Since { get; init; }

    /// <summary>Results that started before this time; a local time is taken as such.</summary>
    public DateTime? Until { get; init; }

    /// <summary>Only the last so many runs among those that the rest of the filter leaves.</summary>
    public int? LastRuns { get; init; }

    internal SqliteCommand ToCommand(SqliteConnection connection)
    {
        var command = connection.CreateCommand();
        List<string> conditions = [];
        AnyOf(nameof(PoolBenchmarkResult.HostName), HostNames);
        AnyOf(nameof(PoolBenchmarkResult.Kind), Kinds);
        AnyOf(nameof(PoolBenchmarkResult.Workload), Workloads);
        if (RunIds.Count > 0)
        {
            conditions.Add($"RunId IN ({string.Join(", ", RunIds.Select(id => Parameter(DatabaseSchema.Stored(id)!)))})");
        }

        if (Since is { } since)
        {
            conditions.Add($"StartedUtc >= {Parameter(DatabaseSchema.Stored(since)!)}");
        }

        if (Until is { } until)
        {
            conditions.Add($"StartedUtc < {Parameter(DatabaseSchema.Stored(until)!)}");
        }

        string where = conditions.Count == 0 ? "TRUE" : string.Join(" AND ", conditions);
        if (LastRuns is { } last)
        {
            where += $" AND RunId IN (SELECT RunId FROM {DatabaseSchema.Table} WHERE {where} "
                + $"GROUP BY RunId ORDER BY MAX(StartedUtc) DESC, MAX(rowid) DESC LIMIT {Parameter(last)})";
        }

#pragma warning disable CA2100 // Names are our own; every value is a parameter.
        command.CommandText =
            $"SELECT {DatabaseSchema.Names} FROM {DatabaseSchema.Table} WHERE {where} ORDER BY StartedUtc, rowid";
#pragma warning restore CA2100
        return command;

        void AnyOf(string column, IReadOnlyList<string> patterns)
        {
            if (patterns.Count > 0)
            {
                conditions.Add(
                    $"({string.Join(" OR ", patterns.Select(pattern => $"lower({column}) GLOB lower({Parameter(pattern)})"))})");
            }
        }

        string Parameter(object value)
        {
            string name = FormattableString.Invariant($"$p{command.Parameters.Count}");
            command.Parameters.AddWithValue(name, value);
            return name;
        }
    }
}
