using System.Text;
using System.Xml;

namespace KretPool.Analysis.Report.Xlsx;

/// <summary>Makes any text fit for a cell. A cell of text is never a formula, whatever the text begins with.</summary>
internal static class CellText
{
    // What Excel takes in a cell; it calls a longer one damage.
    private const int MaxLength = 32_767;

    public static string Clean(string text)
    {
        string kept = text.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, MaxLength - 1), "…");
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
}
