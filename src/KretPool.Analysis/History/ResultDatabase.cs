using System.Globalization;
using KretPool.Analysis.Rows;
using KretPool.Results;
using Microsoft.Data.Sqlite;

namespace KretPool.Analysis.History;

/// <summary>
/// The history of results in a SQLite file. Every result is a transaction of its own in a write-ahead log: what was
/// saved is there after the process is killed, and several processes may write at once. An instance is not thread-safe.
/// </summary>
public sealed class ResultDatabase : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly string _path;
    private SqliteCommand? _insert;

    private ResultDatabase(SqliteConnection connection, string path) => (_connection, _path) = (connection, path);

    /// <summary>Opens a database for writing; makes it if there is none, and brings one of an older version up to date.</summary>
    /// <param name="path">The path of the file.</param>
    /// <returns>The database.</returns>
    /// <exception cref="DatabaseException">The file is not such a database, is damaged, is of a newer version, or cannot
    /// be written. It is left as it was.</exception>
    public static ResultDatabase OpenOrCreate(string path)
    {
        string full = Path.GetFullPath(path);
        DatabaseFile.Check(full, mustExist: false);
        return Open(full, full, SqliteOpenMode.ReadWriteCreate, connection =>
        {
            if (DatabaseSchema.NeedsUpgrade(connection))
            {
                DatabaseSchema.Upgrade(connection);
            }
        });
    }

    /// <summary>Opens a database for reading; one of an older version is brought up to date first.</summary>
    /// <param name="path">The path of the file. It may be one that the user may read and not write.</param>
    /// <returns>The database.</returns>
    /// <exception cref="DatabaseException">There is no such file, it is not such a database, is damaged or of a newer
    /// version. It is left as it was.</exception>
    public static ResultDatabase OpenExisting(string path)
    {
        string full = Path.GetFullPath(path);
        DatabaseFile.Check(full, mustExist: true);
        bool old = false;
        var database = OpenToRead(full, connection => old = DatabaseSchema.NeedsUpgrade(connection));
        if (!old)
        {
            return database;
        }

        database.Dispose();
        return OpenOrCreate(full);
    }

    /// <summary>Saves a result. When the call returns, it is in the file.</summary>
    /// <param name="result">The result.</param>
    /// <returns>False if exactly this result was there already; it is not saved twice.</returns>
    /// <exception cref="DatabaseException">The result could not be saved.</exception>
    public bool Save(PoolBenchmarkResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Guarded(() =>
        {
            _insert ??= DatabaseSchema.InsertCommand(_connection);
            DatabaseSchema.Bind(_insert, result);
            return _insert.ExecuteNonQuery() == 1;
        });
    }

    /// <summary>Finds results.</summary>
    /// <param name="filter">Which ones.</param>
    /// <returns>The results in the order of their start, read while they are enumerated.</returns>
    /// <exception cref="DatabaseException">The file is damaged.</exception>
    public IEnumerable<PoolBenchmarkResult> Find(ResultFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        using var command = filter.ToCommand(_connection);
        using var reader = Guarded(command.ExecuteReader);
        var columns = FlatRow.ColumnsOf<PoolBenchmarkResult>();
        while (Guarded(reader.Read))
        {
            var result = new PoolBenchmarkResult();
            for (int i = 0; i < columns.Count; i++)
            {
                columns[i].Set(result, reader.IsDBNull(i) ? null : reader.GetValue(i));
            }

            yield return result;
        }
    }

    /// <summary>The distinct values of a column, the one with the latest result first; for completion.</summary>
    /// <param name="column">The name of a column of a result.</param>
    /// <returns>The values, with what there is of each.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="DatabaseException">The file is damaged.</exception>
    public IReadOnlyList<ColumnValue> DistinctValues(string column)
    {
        string name = FlatRow.Find<PoolBenchmarkResult>(column)?.Name
            ?? throw new ArgumentException($"A result has no column '{column}'.");
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The name is one of our own columns.
        command.CommandText =
            $"SELECT {name}, count(*), max(StartedUtc), replace(group_concat(DISTINCT HostName), ',', ', ') "
            + $"FROM {DatabaseSchema.Table} GROUP BY {name} ORDER BY 3 DESC, 1";
#pragma warning restore CA2100
        return Guarded(() =>
        {
            static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
            List<ColumnValue> values = [];
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                values.Add(new ColumnValue(reader.GetString(0), reader.GetInt32(1), Time(reader.GetString(2)), reader.GetString(3)));
            }

            return values;
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _insert?.Dispose();
        _connection.Dispose();
    }

    // Even to read, SQLite makes two files beside a database with a write-ahead log, so one in a folder that must not be
    // written would be closed to everyone but its owner. Without a log nobody is writing, and none is needed.
    private static ResultDatabase OpenToRead(string path, Action<SqliteConnection> prepare)
    {
        try
        {
            return Open(path, path, SqliteOpenMode.ReadOnly, prepare);
        }
        catch (DatabaseException e) when (e.IsAboutAccess && !File.Exists(path + "-wal"))
        {
            return Open(path, $"{new Uri(path).AbsoluteUri}?immutable=1", SqliteOpenMode.ReadOnly, prepare);
        }
    }

    private static ResultDatabase Open(string path, string dataSource, SqliteOpenMode mode, Action<SqliteConnection> prepare)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = dataSource,
            Mode = mode,

            // A pooled connection would keep the file open, and on Windows undeletable, after it is disposed.
            Pooling = false,
        }.ToString());
        try
        {
            var database = new ResultDatabase(connection, path);
            database.Guarded(() =>
            {
                connection.Open();
                prepare(connection);
                return true;
            });
            return database;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException e)
        {
            throw DatabaseException.From(e, _path);
        }
    }
}
