using System.Text.Json;
using KretPool.Inventory;

namespace KretPool.Cmdlets.Tests;

/// <summary>What is written down about the packages that the module ships.</summary>
public sealed class InventoryTests : IDisposable
{
    private static readonly string s_lib = Path.Combine(ModuleSession.Root, "lib");

    private static readonly string[] s_restored =
    [
        Path.Combine(ModuleSession.Root, "src", "KretPool.Analysis", "obj", "project.assets.json"),
        Path.Combine(ModuleSession.Root, "src", "KretPool.Peers", "obj", "project.assets.json"),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kretpool-inventory-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_file_of_a_third_party_belongs_to_a_package_that_is_named()
    {
        var packages = ShippedPackage.FindAll(s_lib, s_restored);

        string[] files =
        [
            .. Directory.EnumerateFiles(Path.Combine(s_lib, "Dependencies"), "*", SearchOption.AllDirectories)
                .Select(file => Path.GetFileName(file))
                .Where(name => !name.StartsWith("KretPool.", StringComparison.Ordinal)),
        ];
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Contains(file, packages.SelectMany(package => package.Files)));
    }

    [Fact]
    public void What_is_not_shipped_is_not_named() => Assert.Empty(ShippedPackage.FindAll(_folder.FullName, s_restored));

    [Fact]
    public void The_bill_of_materials_names_each_package_with_its_hash_and_licence()
    {
        var packages = ShippedPackage.FindAll(s_lib, s_restored);
        string file = Path.Combine(_folder.FullName, "bom.json");

        BillOfMaterials.Write(file, "KretPool", "1.2.3", packages);

        using var bill = JsonDocument.Parse(File.ReadAllText(file));
        var components = bill.RootElement.GetProperty("components").EnumerateArray().ToList();
        Assert.Equal(
            packages.Select(package => package.PackageUrl),
            components.Select(component => component.GetProperty("purl").GetString()));
        Assert.All(components, component => Assert.NotEmpty(component.GetProperty("licenses").EnumerateArray()));
        Assert.All(components, component =>
            Assert.Equal(128, component.GetProperty("hashes")[0].GetProperty("content").GetString()!.Length));
    }

    [Fact]
    public void The_notices_hold_the_text_of_every_licence()
    {
        var packages = ShippedPackage.FindAll(s_lib, s_restored);
        string file = Path.Combine(_folder.FullName, "ThirdPartyNotices.txt");

        NoticeFile.Write(file, "KretPool", packages);

        string text = File.ReadAllText(file);
        Assert.All(packages, package => Assert.Contains($"{package.Id} {package.Version}", text, StringComparison.Ordinal));
        Assert.All(
            packages.Select(package => package.LicenceExpression).Where(expression => expression.Length > 0),
            expression => Assert.Contains($"The licence {expression}\n", text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_licence_whose_text_is_not_there_stops_the_package()
    {
        var unknown = new ShippedPackage("Odd", "1.0.0", "Somebody", "", "", "LicenseRef-Odd", "", "", [], []);

        var error = Assert.Throws<InvalidDataException>(
            () => NoticeFile.Write(Path.Combine(_folder.FullName, "notices.txt"), "KretPool", [unknown]));

        Assert.Contains("LicenseRef-Odd", error.Message, StringComparison.Ordinal);
    }
}
