using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KretPool.Analysis.Rows;
using KretPool.Results;
using Microsoft.Data.Sqlite;

namespace KretPool.Analysis.History;

/// <summary>The tables of a history: one, with a column for each column of a result.</summary>
internal static class DatabaseSchema
{
    public const string Table = "Result";

    /// <summary>"KPol" in the file's header says that it is ours.</summary>
    public const int ApplicationId = 0x4B506F6C;

    /// <summary>Goes up whenever a result gets another column. Earlier versions lacked some and are given them.</summary>
    public const int Version = 2;

    private static readonly IReadOnlyList<FlatColumn> s_columns = FlatRow.ColumnsOf<PoolBenchmarkResult>();

    public static bool NeedsUpgrade(SqliteConnection connection)
    {
        long version = Scalar(connection, "PRAGMA user_version");
        return version <= Version
            ? version < Version
            : throw new DatabaseException(
                $"'{connection.DataSource}' has version {version}, made by a newer KretPool. This one knows versions up to {Version}. It is left as it is.");
    }

    /// <summary>Makes the table, or adds the columns that an older version lacked. All or nothing.</summary>
    public static void Upgrade(SqliteConnection connection)
    {
        // The mark comes first: a file that was begun and not finished is still ours.
        Execute(connection, $"PRAGMA application_id = {ApplicationId}");
        Execute(connection, "PRAGMA journal_mode = WAL");
        using var transaction = connection.BeginTransaction(deferred: false);

        // Another process may have done it while this one waited for the lock.
        if (NeedsUpgrade(connection))
        {
            Execute(connection, $"CREATE TABLE IF NOT EXISTS {Table} (Digest BLOB NOT NULL UNIQUE)");
            HashSet<string> present = Columns(connection);
            foreach (var column in s_columns.Where(column => !present.Contains(column.Name)))
            {
                Execute(connection, $"ALTER TABLE {Table} ADD COLUMN {column.Name} {Affinity(column)}");
            }

            Execute(connection, $"CREATE INDEX IF NOT EXISTS ByTime ON {Table} (StartedUtc)");
            Execute(connection, $"CREATE INDEX IF NOT EXISTS ByRun ON {Table} (RunId, StartedUtc)");
            Execute(connection, $"PRAGMA user_version = {Version}");
        }

        transaction.Commit();
    }

    public static SqliteCommand InsertCommand(SqliteConnection connection)
    {
        // In a write-ahead log this loses nothing when a process dies, and nothing older than a checkpoint when the
        // machine does; a flush per result would cost a hundred times more.
        Execute(connection, "PRAGMA synchronous = NORMAL");
        var command = connection.CreateCommand();
        command.CommandText =
            $"INSERT INTO {Table} (Digest, {Names}) VALUES ($Digest, {string.Join(", ", s_columns.Select(column => "$" + column.Name))}) "
            + "ON CONFLICT (Digest) DO NOTHING";
        command.Parameters.Add("$Digest", SqliteType.Blob);
        foreach (var column in s_columns)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = "$" + column.Name });
        }

        return command;
    }

    public static void Bind(SqliteCommand insert, PoolBenchmarkResult result)
    {
        var text = new StringBuilder();
        foreach (var column in s_columns)
        {
            object? value = Stored(column.Get(result));
            insert.Parameters["$" + column.Name].Value = value ?? DBNull.Value;
            if (value is not null)
            {
                text.Append(column.Name).Append('=').Append(CultureInfo.InvariantCulture, $"{value}").Append('\n');
            }
        }

        insert.Parameters["$Digest"].Value = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16).ToArray();
    }

    /// <summary>The columns of a result, in order, with commas between.</summary>
    public static string Names { get; } = string.Join(", ", s_columns.Select(column => column.Name));

    /// <summary>A value as it is stored: times as ISO 8601 text, which sorts, and ids in small letters.</summary>
    public static object? Stored(object? value) => value switch
    {
        DateTime time => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        Guid id => id.ToString("D"),
        bool flag => flag ? 1 : 0,
        _ => value,
    };

    private static string Affinity(FlatColumn column) =>
        column.ValueType == typeof(double) ? "REAL"
        : column.ValueType == typeof(int) || column.ValueType == typeof(long) || column.ValueType == typeof(bool) ? "INTEGER"
        : "TEXT";

    private static HashSet<string> Columns(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT name FROM pragma_table_info('{Table}')";
        using var reader = command.ExecuteReader();
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

#pragma warning disable CA2100 // The text is put together from our own names only.
    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
#pragma warning restore CA2100
}
