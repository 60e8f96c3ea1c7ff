using DocumentFormat.OpenXml.Spreadsheet;

namespace KretPool.Analysis.Report.Xlsx;

/// <summary>Writes a report as an Office Open XML workbook (.xlsx): a sheet per section, row after row.</summary>
public static class WorkbookWriter
{
    private const string WorkbookPath = "/xl/workbook.xml";

    /// <summary>Writes the report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="target">Where to; stays open.</param>
    public static void Write(Report report, Stream target)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var package = new WorkbookPackage(target);
        var strings = new SharedStrings();
        var sheets = new Sheets();
        var parts = new PartNumbers();
        List<(string Id, string Path)> sheetParts = [];
        foreach (var (i, section) in report.Sections.Index())
        {
            string id = $"sheet{i + 1}";
            string path = $"/xl/worksheets/{id}.xml";
            new SectionWriter(package, strings, parts).Write(section, path);
            sheetParts.Add((id, path));
            sheets.Append(new Sheet { Name = section.Name, SheetId = (uint)i + 1, Id = id });
        }

        package.Write(PartKind.Workbook, WorkbookPath, writer => writer.WriteElement(
            new Workbook(new BookViews(new WorkbookView { ActiveTab = 0 }), sheets)));
        package.Write(PartKind.Styles, "/xl/styles.xml", writer => writer.WriteElement(Stylesheets.Build()));
        package.Write(PartKind.SharedStrings, "/xl/sharedStrings.xml", strings.Write);
        package.OpenWith(PartKind.Workbook, WorkbookPath);
        package.Relate(WorkbookPath, "styles", PartKind.Styles, "/xl/styles.xml");
        package.Relate(WorkbookPath, "strings", PartKind.SharedStrings, "/xl/sharedStrings.xml");
        foreach (var (id, path) in sheetParts)
        {
            package.Relate(WorkbookPath, id, PartKind.Worksheet, path);
        }
    }
}
