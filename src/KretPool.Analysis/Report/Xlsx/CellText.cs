using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace KretPool.Analysis.Report.Xlsx;

/// <summary>Makes any text fit for a cell. A cell of text is never a formula, whatever the text begins with.</summary>
internal static partial class CellText
{
    // What Excel takes in a cell; it calls a longer one damage.
    private const int MaxLength = 32_767;

    // What fits a legend; a table takes at most 255.
    private const int MaxHeaderLength = 60;

    /// <summary>The text without what XML cannot hold, at most as long as a cell takes.</summary>
    public static string Clean(string text)
    {
        string kept = Shorten(text, MaxLength);
        if (IsClean(kept))
        {
            return kept;
        }

        var clean = new StringBuilder(kept.Length);
        for (int i = 0; i < kept.Length; i++)
        {
            if (i + 1 < kept.Length && XmlConvert.IsXmlSurrogatePair(kept[i + 1], kept[i]))
            {
                clean.Append(kept, i++, 2);
            }
            else
            {
                clean.Append(XmlConvert.IsXmlChar(kept[i]) ? kept[i] : '\uFFFD');
            }
        }

        return clean.ToString();
    }

    /// <summary>A clean text as a cell or a table's header stores it. Spreadsheets read <c>_x0041_</c> as <c>A</c>, so an
    /// underscore that begins such a thing is written that way itself.</summary>
    public static string Escape(string clean) =>
        clean.Contains("_x", StringComparison.OrdinalIgnoreCase) ? EscapeExpression().Replace(clean, "_x005F_") : clean;

    /// <summary>Clean headers of a table, on one line each and all different, as a table needs them.</summary>
    public static IReadOnlyList<string> Headers(IEnumerable<string> names)
    {
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        List<string> headers = [];
        foreach (string name in names)
        {
            string line = BreakExpression().Replace(Clean(name), " ").Trim();
            string header = Clean(Shorten(line.Length == 0 ? "(no name)" : line, MaxHeaderLength));
            string unique = header;
            for (int i = 2; !used.Add(unique); i++)
            {
                unique = FormattableString.Invariant($"{header} ({i})");
            }

            headers.Add(unique);
        }

        return headers;
    }

    /// <summary>Whether a text would be taken for a formula if somebody typed it.</summary>
    public static bool LooksLikeFormula(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@';

    private static string Shorten(string text, int length) =>
        text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1), "…");

    private static bool IsClean(string text)
    {
        foreach (char c in text)
        {
            if (!XmlConvert.IsXmlChar(c))
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex("_(?=x[0-9A-F]{4}_)", RegexOptions.IgnoreCase)]
    private static partial Regex EscapeExpression();

    [GeneratedRegex(@"\s+")]
    private static partial Regex BreakExpression();
}
