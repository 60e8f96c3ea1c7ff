namespace KretPool.Analysis.Report.Xlsx;

/// <summary>The styles of cells; the number of each is its place in the stylesheet.</summary>
internal enum CellStyle : uint
{
    Text,

    // Text that would be taken for a formula if somebody edited its cell and pressed Enter.
    QuotedText,
    General,
    Whole,
    Number,
    Tenths,
    Scientific,
    Ratio,
    Percent,
    Probability,
    Time,
    Title,
    Heading,
    Label,
    Link,
    TableHeader,
    NumberHeader,
    Wrapped,
    Warning,
    Faster,
    Slower,
}
