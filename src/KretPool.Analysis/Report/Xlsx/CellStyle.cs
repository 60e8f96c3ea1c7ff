namespace KretPool.Analysis.Report.Xlsx;

/// <summary>The styles of cells; the number of each is its place in the stylesheet.</summary>
internal enum CellStyle : uint
{
    Text,
    Whole,
    Number,
    Ratio,
    Percent,
    Probability,
    Time,
    Title,
    Heading,
    Label,
    NumberLabel,
    Wrapped,
    Warning,
    Faster,
    Slower,
}

