using System.Text.Json;
using KretPool.Analysis.Rows;
using KretPool.Results;
using Microsoft.VisualBasic.FileIO;

namespace KretPool.Analysis.Import;

/// <summary>Reads results from files that others wrote: CSV with a column per property, JSON, and the published CSV files.</summary>
public static class ResultFile
{
    /// <summary>Reads the results of a file; its form is told from its first characters.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The results, read while they are enumerated.</returns>
    /// <exception cref="FormatException">The file holds something else; the message names the file and the line.</exception>
    public static IEnumerable<PoolBenchmarkResult> Read(string path)
    {
        string firstLine = FirstLine(path);
        return firstLine.Length == 0 ? throw new FormatException($"'{path}' is empty.")
            : PublishedCsv.Recognises(firstLine) ? PublishedCsv.Read(path)
            : firstLine[0] == '[' ? ReadJsonArray(path)
            : firstLine[0] == '{' ? ReadJsonLines(path)
            : ReadCsv(path);
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

    private static IEnumerable<PoolBenchmarkResult> ReadCsv(string path)
    {
        using var parser = new TextFieldParser(path) { CommentTokens = ["#"], HasFieldsEnclosedInQuotes = true };
        parser.SetDelimiters(FirstLine(path).Contains(';', StringComparison.Ordinal) ? ";" : ",");
        Dictionary<string, int> columns = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (i, name) in Fields().Index())
        {
            columns.TryAdd(name, i);
        }

        while (!parser.EndOfData)
        {
            long line = parser.LineNumber;
            string[] fields = Fields();
            yield return At(path, line, () => ResultRow.Read(
                name => columns.TryGetValue(name, out int i) && i < fields.Length ? fields[i] : null));
        }

        string[] Fields()
        {
            try
            {
                return parser.ReadFields() ?? [];
            }
            catch (MalformedLineException e)
            {
                throw new FormatException($"'{path}', line {parser.ErrorLineNumber}: this is not CSV.", e);
            }
        }
    }

    private static IEnumerable<PoolBenchmarkResult> ReadJsonLines(string path)
    {
        foreach (var (i, line) in File.ReadLines(path).Index())
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return At(path, i + 1, () => ReadJson(line));
            }
        }
    }

    private static IEnumerable<PoolBenchmarkResult> ReadJsonArray(string path)
    {
        using var document = At(path, 1, () => JsonDocument.Parse(File.ReadAllBytes(path)));
        foreach (var (i, element) in document.RootElement.EnumerateArray().Index())
        {
            yield return At(path, i + 1, () => ReadJson(element));
        }
    }

    private static PoolBenchmarkResult ReadJson(string text)
    {
        using var document = JsonDocument.Parse(text);
        return ReadJson(document.RootElement);
    }

    private static PoolBenchmarkResult ReadJson(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("this is not a JSON object.");
        }

        var properties = element.EnumerateObject().ToLookup(
            property => property.Name, property => property.Value, StringComparer.OrdinalIgnoreCase);
        return ResultRow.Read(name => properties[name].FirstOrDefault() switch
        {
            { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => null,
            { ValueKind: JsonValueKind.String } value => value.GetString(),
            var value => value.GetRawText(),
        });
    }

    private static T At<T>(string path, long line, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw new FormatException($"'{path}', entry at {line}: {e.Message}", e);
        }
    }
}
