using DocumentFormat.OpenXml.ExtendedProperties;
using DocumentFormat.OpenXml.Spreadsheet;

namespace KretPool.Analysis.Report.Xlsx;

/// <summary>Writes a report as an Office Open XML workbook (.xlsx): a sheet per section, row after row.</summary>
public static class WorkbookWriter
{
    private const string WorkbookPath = "/xl/workbook.xml";
    private const string PropertiesPath = "/docProps/app.xml";
    private const string Creator = "KretPool";

    // What a footer takes, with room for its codes.
    private const int MaxFooterTitle = 100;

    /// <summary>Writes the report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="target">Where to; stays open.</param>
    public static void Write(Report report, Stream target)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var package = new WorkbookPackage(target);
        var strings = new SharedStrings();
        var sheets = new Sheets();
        var names = new DefinedNames();
        var parts = new PartNumbers();
        string footer = Footer(report.Title);
        List<(string Id, string Path)> sheetParts = [];
        foreach (var (i, section) in report.Sections.Index())
        {
            string id = FormattableString.Invariant($"sheet{i + 1}");
            string path = $"/xl/worksheets/{id}.xml";
            if (new SectionWriter(package, strings, parts, footer).Write(section, path))
            {
                names.Append(new DefinedName($"{CellReference.Sheet(section.Name)}!$1:$1")
                {
                    Name = "_xlnm.Print_Titles",
                    LocalSheetId = (uint)i,
                });
            }

            sheetParts.Add((id, path));
            sheets.Append(new Sheet { Name = section.Name, SheetId = (uint)i + 1, Id = id });
        }

        var workbook = new Workbook(new BookViews(new WorkbookView { ActiveTab = 0 }), sheets);
        if (names.HasChildren)
        {
            workbook.Append(names);
        }

        package.Write(PartKind.Workbook, WorkbookPath, writer => writer.WriteElement(workbook));
        package.Write(PartKind.Styles, "/xl/styles.xml", writer => writer.WriteElement(Stylesheets.Build()));
        package.Write(PartKind.SharedStrings, "/xl/sharedStrings.xml", strings.Write);
        package.Write(PartKind.Properties, PropertiesPath, writer => writer.WriteElement(new Properties(new Application(Creator))));
        package.OpenWith(PartKind.Workbook, WorkbookPath);
        package.OpenWith(PartKind.Properties, PropertiesPath);
        package.Describe(CellText.Clean(report.Title), Creator, DateTime.UtcNow);
        package.Relate(WorkbookPath, "styles", PartKind.Styles, "/xl/styles.xml");
        package.Relate(WorkbookPath, "strings", PartKind.SharedStrings, "/xl/sharedStrings.xml");
        foreach (var (id, path) in sheetParts)
        {
            package.Relate(WorkbookPath, id, PartKind.Worksheet, path);
        }
    }

    // The title, the sheet's name and the page number. An ampersand begins a code, and two of them are one.
    private static string Footer(string title)
    {
        string text = CellText.Headers([title])[0].Replace("&", "&&", StringComparison.Ordinal);
        return $"&L{(text.Length > MaxFooterTitle ? Creator : text)}&C&A&RPage &P of &N";
    }
}
