namespace KretPool.Analysis.Report.Xlsx;

/// <summary>What a part of a workbook is: its content type, and the name of a relationship to it.</summary>
internal sealed record PartKind(string ContentType, string RelationshipName)
{
    private const string Spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private const string Office = "application/vnd.openxmlformats-officedocument.";

    public static readonly PartKind Workbook = new(Spreadsheet + "sheet.main+xml", "officeDocument");
    public static readonly PartKind Worksheet = new(Spreadsheet + "worksheet+xml", "worksheet");
    public static readonly PartKind Styles = new(Spreadsheet + "styles+xml", "styles");
    public static readonly PartKind SharedStrings = new(Spreadsheet + "sharedStrings+xml", "sharedStrings");
    public static readonly PartKind Table = new(Spreadsheet + "table+xml", "table");
    public static readonly PartKind Drawing = new(Office + "drawing+xml", "drawing");
    public static readonly PartKind Chart = new(Office + "drawingml.chart+xml", "chart");
    public static readonly PartKind Properties = new(Office + "extended-properties+xml", "extended-properties");
}
