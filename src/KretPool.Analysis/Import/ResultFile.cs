using KretPool.Analysis.Rows;
using KretPool.Results;

namespace KretPool.Analysis.Import;

/// <summary>Reads results from files that others wrote: CSV with a column per property, JSON, and the published CSV files.</summary>
public static class ResultFile
{
    /// <summary>Reads the results of a file; its form is told from its first characters.</summary>
    /// <param name="path">The path.</param>
    /// <param name="skipped">Told of each entry that is no result, and the next ones are read; null to end with the first
    /// of them.</param>
    /// <returns>The results, read while they are enumerated.</returns>
    /// <exception cref="FormatException">The file holds something else; the message names the file and the line.</exception>
    public static IEnumerable<PoolBenchmarkResult> Read(string path, Action<FormatException>? skipped = null)
    {
        string firstLine = FirstLine(path);
        return firstLine.Length == 0 ? throw new FormatException($"'{path}' is empty.")
            : firstLine.StartsWith("SQLite format 3", StringComparison.Ordinal)
                ? throw new FormatException($"'{path}' is an SQLite database: a history, if it is one of ours, and no file to import.")
            : PublishedCsv.Recognises(firstLine) ? PublishedCsv.Read(path)
            : Results(firstLine[0] is '[' or '{' ? JsonRows.Read(path) : CsvRows.Read(path), path, skipped);
    }

    /// <summary>Whether a file is CLIXML, which only PowerShell can read.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Whether its first line begins as XML does.</returns>
    public static bool IsXml(string path) => FirstLine(path).StartsWith('<');

    /// <summary>Makes an error that names the place in a file.</summary>
    internal static FormatException Error(string path, long line, string message, Exception? inner = null) =>
        new(FormattableString.Invariant($"'{path}', line {line}: {message}"), inner);

    private static IEnumerable<PoolBenchmarkResult> Results(
        IEnumerable<FileRow> rows, string path, Action<FormatException>? skipped)
    {
        foreach (var row in rows)
        {
            PoolBenchmarkResult result;
            try
            {
                result = ResultRow.Read(row.ValueOf);
            }
            catch (FormatException e)
            {
                var error = Error(path, row.Line, e.Message, e);
                (skipped ?? throw error)(error);
                continue;
            }

            yield return result;
        }
    }

    private static string FirstLine(string path)
    {
        using var reader = new StreamReader(path);
        while (reader.ReadLine() is { } line)
        {
            // Windows PowerShell writes the type before the header.
            if (!string.IsNullOrWhiteSpace(line) && !line.StartsWith("#TYPE", StringComparison.Ordinal))
            {
                return line.TrimStart();
            }
        }

        return "";
    }
}
