using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace KretPool.Analysis.Report.Xlsx;

/// <summary>Texts that many cells share, kept once. Their number is bounded; what is beyond goes into the cells.</summary>
internal sealed class SharedStrings
{
    private const int MaxCount = 4_096;
    private const int MaxLength = 256;

    private readonly Dictionary<string, int> _indexes = [];

    /// <summary>The place of a text, or null if it belongs into the cell itself.</summary>
    public int? IndexOf(string text)
    {
        if (_indexes.TryGetValue(text, out int index))
        {
            return index;
        }

        if (text.Length > MaxLength || _indexes.Count == MaxCount)
        {
            return null;
        }

        _indexes.Add(text, _indexes.Count);
        return _indexes.Count - 1;
    }

    public void Write(OpenXmlWriter writer)
    {
        writer.WriteStartElement(new SharedStringTable());
        foreach (string text in _indexes.OrderBy(entry => entry.Value).Select(entry => entry.Key))
        {
            writer.WriteElement(new SharedStringItem(new Text(text) { Space = SpaceProcessingModeValues.Preserve }));
        }

        writer.WriteEndElement();
    }
}
