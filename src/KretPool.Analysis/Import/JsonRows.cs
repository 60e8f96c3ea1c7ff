using System.Text;
using System.Text.Json;

namespace KretPool.Analysis.Import;

/// <summary>The objects of a JSON file: one, an array of them, one a line, or one after the other over several lines.</summary>
internal static class JsonRows
{
    private static readonly JsonReaderOptions s_options = new()
    {
        AllowMultipleValues = true,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    public static IEnumerable<FileRow> Read(string path)
    {
        // Read as text first: what PowerShell redirects into a file may be UTF-16.
        byte[] content = Encoding.UTF8.GetBytes(File.ReadAllText(path));
        var state = new JsonReaderState(s_options);
        int offset = 0;
        int counted = 0;
        long line = 1;
        while (Next(content, ref offset, ref state, path) is var (element, start))
        {
            line += content.AsSpan(counted, start - counted).Count((byte)'\n');
            counted = start;
            yield return new FileRow(line, ValuesOf(element));
        }
    }

    private static (JsonElement Element, int Start)? Next(byte[] content, ref int offset, ref JsonReaderState state, string path)
    {
        var reader = new Utf8JsonReader(content.AsSpan(offset), isFinalBlock: true, state);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.EndArray))
                {
                    int start = offset + (int)reader.TokenStartIndex;
                    using var document = JsonDocument.ParseValue(ref reader);
                    offset += (int)reader.BytesConsumed;
                    state = reader.CurrentState;
                    return (document.RootElement.Clone(), start);
                }
            }
        }
        catch (JsonException e)
        {
            throw ResultFile.Error(path, (e.LineNumber ?? 0) + 1, "this is not JSON, or it ends too early.", e);
        }

        return null;
    }

    private static Func<string, object?> ValuesOf(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            string text = element.GetRawText();
            return _ => throw new FormatException($"{(text.Length > 40 ? text[..40] + "..." : text)} is not a JSON object.");
        }

        var properties = element.EnumerateObject().ToLookup(
            property => property.Name, property => property.Value, StringComparer.OrdinalIgnoreCase);
        return name => properties[name].FirstOrDefault() switch
        {
            { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => null,
            { ValueKind: JsonValueKind.String } value => value.GetString(),
            var value => value.GetRawText(),
        };
    }
}
