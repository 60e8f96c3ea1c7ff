using System.Reflection;
using System.Xml.Linq;

namespace KretPool.Cmdlets.Tests;

/// <summary>The views in module/formats.</summary>
public sealed class ViewTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    public static TheoryData<string, string> Lists()
    {
        var lists = new TheoryData<string, string>();
        foreach (var view in Views().Where(view => view.Element("ListControl") is not null))
        {
            lists.Add(TypeName(view), view.ToString());
        }

        return lists;
    }

    // Labels may differ; what matters is that each property is read by some line.
    [Theory]
    [MemberData(nameof(Lists))]
    public void A_list_view_shows_every_property(string type, string view)
    {
        var found = Find(type);
        var properties = found.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => property.GetMethod!.GetBaseDefinition().DeclaringType == found)
            .Select(property => property.Name)
            .ToList();
        Assert.NotEmpty(properties);

        Assert.All(properties, name => Assert.Matches($@"(<PropertyName>|\$[_t]\.){name}\b", view));
    }

    [Fact]
    public void Every_row_has_a_table_and_a_list()
    {
        string[] rows = Rows();

        Assert.Contains("KretPool.Results.PoolComparison", rows);
        Assert.All(rows, row =>
        {
            var views = Views().Where(view => TypeName(view) == row).ToList();
            Assert.Contains(views, view => view.Element("TableControl") is not null);
            Assert.Contains(views, view => view.Element("ListControl") is not null);
        });
    }

    // Without one, Format-Wide takes the first property with Name in its name: the host's, the same for every row.
    [Fact]
    public void Every_row_is_shown_by_its_kind_when_there_is_room_for_one_property()
    {
        var wide = Views().Where(view => view.Element("WideControl") is not null).ToList();
        Assert.All(wide, view => Assert.Equal("Kind", view.Descendants("PropertyName").Single().Value));

        // PowerShell shows a row with the first view that it finds.
        Assert.All(Rows(), row => Assert.NotNull(Views().First(
            view => view.Descendants("TypeName").Any(name => name.Value == row)).Element("TableControl")));

        string[] shown = [.. wide.SelectMany(view => view.Descendants("TypeName")).Select(name => name.Value)];
        Assert.Superset(Rows().ToHashSet(), shown.ToHashSet());
    }

    [Fact]
    public void A_table_fits_100_columns_with_every_column_that_has_a_width()
    {
        foreach (var table in Views().Select(view => view.Element("TableControl")).OfType<XElement>())
        {
            var headers = table.Descendants("TableColumnHeader").ToList();
            int width = headers.Sum(header => (int?)header.Element("Width") ?? 10) + headers.Count - 1;

            Assert.InRange(width, 1, 100);
        }
    }

    // PowerShell writes a double, a FormatString and -f in the session's culture, beside texts that are the same everywhere.
    [Fact]
    public void A_view_writes_figures_the_same_in_every_culture() => Assert.All(Views(), view =>
    {
        Assert.Empty(view.Descendants("FormatString"));
        Assert.DoesNotMatch(@"\{\d+:(?!x)[^}]*\}[^'""]*['""] -f |\.ToString\('", view.ToString());
        foreach (var shown in view.Descendants("PropertyName"))
        {
            var type = Find(TypeName(view)).GetProperty(shown.Value)?.PropertyType;
            Assert.False(type == typeof(double) || type == typeof(double?) || type == typeof(DateTime), $"{TypeName(view)}.{shown.Value}");
        }
    });

    // An object that is formatted out of band ignores Format-Table -Property and Format-List *.
    [Fact]
    public void No_view_keeps_an_operator_from_choosing_properties() =>
        Assert.DoesNotContain(Views(), view => view.Element("OutOfBand") is not null);

    [Fact]
    public void What_a_view_computes_runs_without_an_error_on_an_object_with_nothing_in_it()
    {
        foreach (var view in Views().Where(view => Find(TypeName(view)).GetConstructor([]) is not null))
        {
            object empty = Activator.CreateInstance(Find(TypeName(view)))!;
            foreach (var block in view.Descendants("ScriptBlock"))
            {
                session.Run($"$args[0] | ForEach-Object {{ {block.Value} }}", empty);
            }
        }
    }

    private string[] Rows() => [.. Find("KretPool.Results.PoolBenchmarkResult").Assembly.GetExportedTypes()
        .Where(type => type is { Namespace: "KretPool.Results", IsAbstract: false } && type.GetConstructor([]) is not null)
        .Select(type => type.FullName!)];

    private static IEnumerable<XElement> Views() =>
        Directory.EnumerateFiles(Path.Combine(ModuleSession.Root, "module", "formats"), "*.ps1xml").Order(StringComparer.Ordinal)
            .SelectMany(file => XDocument.Load(file).Descendants("View"));

    private static string TypeName(XElement view) => view.Descendants("TypeName").First().Value;

    private Type Find(string name)
    {
        Assert.NotNull(session.Runspace);
        return AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(name)).First(type => type is not null)!;
    }
}
