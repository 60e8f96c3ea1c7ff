namespace KretPool.Analysis.Report;

/// <summary>A table: columns, and rows that are made while it is written.</summary>
/// <param name="Name">Its name: a letter, then letters and digits, unique in the report.</param>
/// <param name="Columns">The columns, with unique headers.</param>
/// <param name="Rows">The rows, each with as many values as there are columns. Can be enumerated again.</param>
public sealed record ReportTable(
    string Name, IReadOnlyList<ReportColumn> Columns, IEnumerable<IReadOnlyList<object?>> Rows)
{
    /// <summary>How many rows a table has at most: a sheet ends at row 1,048,576, and the first holds the headers.</summary>
    public const int MaxRows = 1_048_575;
}

/// <summary>A column of a table.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Format">How its values are shown.</param>
public sealed record ReportColumn(string Header, ReportFormat Format);

/// <summary>How a value is shown.</summary>
public enum ReportFormat
{
    /// <summary>As text.</summary>
    Text,

    /// <summary>A whole number, with thousands set apart.</summary>
    Whole,

    /// <summary>A number with the decimals that it has.</summary>
    General,

    /// <summary>A number in three decimals.</summary>
    Number,

    /// <summary>A number in one decimal.</summary>
    Tenths,

    /// <summary>A small number, as a power of ten.</summary>
    Scientific,

    /// <summary>How many times as much.</summary>
    Ratio,

    /// <summary>A share of 1, in percent.</summary>
    Percent,

    /// <summary>A probability, in four decimals.</summary>
    Probability,

    /// <summary>A time, UTC.</summary>
    Time,
}
