namespace KretPool.Analysis.Report;

/// <summary>What a report says, independent of the file format that it is written in.</summary>
/// <param name="Title">The title.</param>
/// <param name="Sections">The sections; a sheet each in a workbook, a chapter each on a page.</param>
public sealed record Report(string Title, IReadOnlyList<ReportSection> Sections);

/// <summary>One subject of a report.</summary>
/// <param name="Name">Its name, at most 31 characters and unique in the report.</param>
/// <param name="Blocks">What it holds, from top to bottom. A <see cref="TableBlock"/> stands alone.</param>
public sealed record ReportSection(string Name, IReadOnlyList<ReportBlock> Blocks)
{
    /// <summary>What it shows, in a few words, for the list of contents.</summary>
    public string About { get; init; } = "";
}

/// <summary>A part of a section.</summary>
public abstract record ReportBlock;

/// <summary>A line of text.</summary>
/// <param name="Role">What the line is for.</param>
/// <param name="Text">The text. It is never read as a formula or as markup.</param>
public sealed record TextBlock(TextRole Role, string Text) : ReportBlock;

/// <summary>What a line of text is for.</summary>
public enum TextRole
{
    /// <summary>The title of the report.</summary>
    Title,

    /// <summary>The heading of what follows.</summary>
    Heading,

    /// <summary>Running text.</summary>
    Paragraph,

    /// <summary>Something that makes numbers doubtful.</summary>
    Warning,
}

/// <summary>A name and a value on one line.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value. It is never read as a formula or as markup.</param>
public sealed record FactBlock(string Name, string Value) : ReportBlock;

/// <summary>A way to another section.</summary>
/// <param name="Section">The name of the section.</param>
/// <param name="About">What it shows.</param>
public sealed record LinkBlock(string Section, string About) : ReportBlock;

/// <summary>A chart with the numbers that it is drawn from.</summary>
/// <param name="Chart">The chart.</param>
public sealed record ChartBlock(ReportChart Chart) : ReportBlock;

/// <summary>A table that can be filtered.</summary>
/// <param name="Table">The table.</param>
public sealed record TableBlock(ReportTable Table) : ReportBlock;
