using DocumentFormat.OpenXml.Spreadsheet;

namespace KretPool.Analysis.Report.Xlsx;

/// <summary>Gathers the tables of a sheet while it is written, and writes them after it: parts go out one at a time.</summary>
internal sealed class SheetTables(PartNumbers numbers)
{
    private readonly List<(string Id, int Number, Table Table)> _tables = [];

    /// <summary>The relationship ids of the tables.</summary>
    public IReadOnlyList<string> Ids => [.. _tables.Select(table => table.Id)];

    /// <summary>Adds a table from the first column on.</summary>
    /// <param name="name">Its name, unique in the workbook.</param>
    /// <param name="headers">Its headers, as their cells hold them.</param>
    /// <param name="headerRow">The row of the headers, from 1.</param>
    /// <param name="lastRow">Its last row.</param>
    /// <param name="hasFilter">Whether its headers carry filters.</param>
    public void Add(string name, IReadOnlyList<string> headers, int headerRow, int lastRow, bool hasFilter)
    {
        int number = numbers.NextTable();

        // A table has a row below its header, even if an empty one.
        string range = CellReference.Block(headerRow, headers.Count, Math.Max(lastRow, headerRow + 1));
        var table = new Table
        {
            Id = (uint)number,
            Name = name,
            DisplayName = name,
            Reference = range,
            TotalsRowShown = false,
        };
        if (hasFilter)
        {
            table.Append(new AutoFilter { Reference = range });
        }

        table.Append(
            new TableColumns(headers.Select((header, i) => new TableColumn { Id = (uint)i + 1, Name = CellText.Escape(header) }))
            {
                Count = (uint)headers.Count,
            },
            new TableStyleInfo { Name = "TableStyleMedium2", ShowRowStripes = true, ShowColumnStripes = false });
        _tables.Add((FormattableString.Invariant($"table{_tables.Count + 1}"), number, table));
    }

    /// <summary>Writes the tables and relates the sheet to them.</summary>
    public void Write(WorkbookPackage package, string sheetPath)
    {
        foreach (var (id, number, table) in _tables)
        {
            string path = FormattableString.Invariant($"/xl/tables/table{number}.xml");
            package.Write(PartKind.Table, path, writer => writer.WriteElement(table));
            package.Relate(sheetPath, id, PartKind.Table, path);
        }
    }
}
