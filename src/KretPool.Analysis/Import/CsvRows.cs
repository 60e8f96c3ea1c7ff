using KretPool.Analysis.Rows;
using Microsoft.VisualBasic.FileIO;

namespace KretPool.Analysis.Import;

/// <summary>The rows of a CSV file with a column for each property, as Export-Csv and spreadsheets write them.</summary>
internal static class CsvRows
{
    private static readonly char[] s_delimiters = [',', ';', '\t'];

    public static IEnumerable<FileRow> Read(string path)
    {
        // The line with the type that Windows PowerShell writes is a comment.
        using var parser = new TextFieldParser(path) { CommentTokens = ["#"], HasFieldsEnclosedInQuotes = true };
        parser.SetDelimiters(Delimiter(path));
        string[] header = Fields(parser, path);
        Dictionary<string, int> columns = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (i, name) in header.Index())
        {
            columns.TryAdd(name, i);
        }

        // Once for the file, rather than once for each of its rows.
        if (ResultRow.Required.FirstOrDefault(name => !columns.ContainsKey(name)) is { } missing)
        {
            throw ResultFile.Error(
                path, 1, $"there is no column {missing}. A CSV file of results has at least {string.Join(", ", ResultRow.Required)}.");
        }

        while (!parser.EndOfData)
        {
            long line = parser.LineNumber;
            string[] fields = Fields(parser, path);
            yield return fields.Length <= header.Length
                ? new FileRow(line, name => columns.TryGetValue(name, out int i) && i < fields.Length ? fields[i] : null)
                : throw ResultFile.Error(path, line, $"there are {fields.Length} cells under {header.Length} column names.");
        }
    }

    // Names of columns hold none of these, so what is most frequent in the header is what separates them.
    private static string Delimiter(string path)
    {
        string header = File.ReadLines(path).First(line => !string.IsNullOrWhiteSpace(line) && line[0] != '#');
        return s_delimiters.MaxBy(delimiter => header.Count(c => c == delimiter)).ToString();
    }

    private static string[] Fields(TextFieldParser parser, string path)
    {
        try
        {
            return parser.ReadFields() ?? [];
        }
        catch (MalformedLineException e)
        {
            throw ResultFile.Error(path, parser.ErrorLineNumber, "this is not CSV.", e);
        }
    }
}
