using Microsoft.Data.Sqlite;

namespace KretPool.Analysis.History;

/// <summary>A history that cannot be read or written; the message says which file and why.</summary>
public sealed class DatabaseException : IOException
{
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;
    private const int Busy = 5;

    /// <summary>Makes the exception.</summary>
    /// <param name="message">Which file, and why.</param>
    /// <param name="inner">What led to it, or null.</param>
    public DatabaseException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>Whether the file or its folder must not be written, which even reading may need.</summary>
    internal bool IsAboutAccess => InnerException is SqliteException { SqliteErrorCode: ReadOnly or CannotOpen };

    internal static DatabaseException From(SqliteException e, string path) => new(
        e.SqliteErrorCode switch
        {
            Busy => $"'{path}' is locked by another process for longer than 30 seconds.",
            ReadOnly => $"'{path}' must not be written.",
            Corrupt or NotADatabase => $"'{path}' is damaged or not a SQLite database: {e.Message}",
            Full => $"There is no room to write '{path}'.",
            CannotOpen => $"'{path}' cannot be opened. Its folder must exist and be writable.",
            _ => $"'{path}': {e.Message}",
        },
        e);
}
