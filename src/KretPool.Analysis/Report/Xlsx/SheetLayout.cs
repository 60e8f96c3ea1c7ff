namespace KretPool.Analysis.Report.Xlsx;

/// <summary>How a sheet looks on the screen and on paper.</summary>
/// <param name="ColumnWidths">Widths of the columns, in characters.</param>
internal sealed record SheetLayout(IReadOnlyList<double> ColumnWidths)
{
    // What stands beside each other on a landscape page in the body font at full size.
    private const double PageWidth = 118;

    // Smaller than this nobody reads it.
    private const double LeastScale = 0.55;

    /// <summary>Whether the first row stays in sight, and is repeated on every page.</summary>
    public bool HasFrozenHeader { get; init; }

    /// <summary>The colour of the sheet's tab, six hexadecimal digits.</summary>
    public required string TabColour { get; init; }

    /// <summary>On how many pages beside each other a table is printed, so that it can still be read.</summary>
    public uint PagesAcross => (uint)Math.Ceiling(ColumnWidths.Sum() / (PageWidth / LeastScale));

    /// <summary>The scale in percent at which all columns fit on a page.</summary>
    public uint Scale => (uint)Math.Clamp(100 * PageWidth / ColumnWidths.Sum(), 100 * LeastScale, 100);
}
