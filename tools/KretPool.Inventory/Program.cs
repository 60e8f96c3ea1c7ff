using KretPool.Inventory;

if (args is not [string name, string version, string folder, .. { Length: > 0 } assetsFiles])
{
    Console.Error.WriteLine(
        "Usage: KretPool.Inventory <name> <version> <folder of the deliverable> <project.assets.json of a project in it>...");
    return 2;
}

try
{
    var packages = ShippedPackage.FindAll(folder, assetsFiles);
    BillOfMaterials.Write(Path.Combine(folder, "bom.json"), name, version, packages);
    NoticeFile.Write(Path.Combine(folder, "ThirdPartyNotices.txt"), name, packages);
    return 0;
}
catch (InvalidDataException e)
{
    Console.Error.WriteLine($"error INVENTORY001: {e.Message}");
    return 1;
}
