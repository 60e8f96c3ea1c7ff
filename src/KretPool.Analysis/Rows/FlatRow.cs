using System.Reflection;

namespace KretPool.Analysis.Rows;

/// <summary>
/// The columns of flat row types, and the way back: makes a row from values by column name, whatever carried them
/// (CSV text, JSON, CLIXML, a database, PowerShell remoting). Thread-safe.
/// </summary>
public static class FlatRow
{
    /// <summary>The columns of a row type: its public properties that can be set, in the order of declaration.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <returns>The columns.</returns>
    public static IReadOnlyList<FlatColumn> ColumnsOf<T>() => Schema<T>.Columns;

    /// <summary>Finds a column by name; case does not matter.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="name">The name.</param>
    /// <returns>The column, or null if there is none.</returns>
    public static FlatColumn? Find<T>(string name) => Schema<T>.ByName.GetValueOrDefault(name);

    /// <summary>Makes a row. A value that is absent leaves the column at its default.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="valueOf">Gives the value of a column by name, or null if it has none.</param>
    /// <param name="required">Names of the columns without which it is not such a row.</param>
    /// <returns>The row.</returns>
    /// <exception cref="FormatException">A required column has no value, or a value does not fit its column.</exception>
    public static T Read<T>(Func<string, object?> valueOf, params ReadOnlySpan<string> required)
        where T : class, new()
    {
        ArgumentNullException.ThrowIfNull(valueOf);
        var row = new T();
        foreach (var column in Schema<T>.Columns)
        {
            object? value = valueOf(column.Name);
            if (value is null or "" && required.Contains(column.Name))
            {
                throw new FormatException(
                    $"This is not a {typeof(T).Name}: it has no {column.Name}. Needed at least: "
                    + $"{string.Join(", ", required.ToArray())}.");
            }

            column.Set(row, value);
        }

        return row;
    }

    private static class Schema<T>
    {
        public static readonly FlatColumn[] Columns =
        [
            .. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.CanWrite)
                .OrderBy(property => property.MetadataToken)
                .Select(property => new FlatColumn(property)),
        ];

        public static readonly Dictionary<string, FlatColumn> ByName =
            Columns.ToDictionary(column => column.Name, StringComparer.OrdinalIgnoreCase);
    }
}
