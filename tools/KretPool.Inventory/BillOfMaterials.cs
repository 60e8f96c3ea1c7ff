using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KretPool.Inventory;

/// <summary>Writes a software bill of materials in the CycloneDX format, version 1.6.</summary>
/// <remarks>
/// It holds no time and no random number, so that the same packages give the same file.
/// The format: https://cyclonedx.org/docs/1.6/json/.
/// </remarks>
public static class BillOfMaterials
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the bill of a deliverable.</summary>
    /// <param name="file">The file, which is replaced.</param>
    /// <param name="name">The deliverable's name.</param>
    /// <param name="version">The deliverable's version.</param>
    /// <param name="packages">The packages in it.</param>
    public static void Write(string file, string name, string version, IReadOnlyList<ShippedPackage> packages)
    {
        ArgumentNullException.ThrowIfNull(packages);
        var bill = new JsonObject
        {
            ["$schema"] = "http://cyclonedx.org/schema/bom-1.6.schema.json",
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject { ["component"] = Deliverable(name, version) },
            ["components"] = ArrayOf(packages.Select(Component)),
            ["dependencies"] = ArrayOf(packages.Select(package => Dependencies(package, packages))),
        };
        File.WriteAllText(file, bill.ToJsonString(s_options) + "\n");
    }

    private static JsonObject Deliverable(string name, string version) => new()
    {
        ["type"] = "application",
        ["bom-ref"] = $"{name}@{version}",
        ["name"] = name,
        ["version"] = version,
        ["licenses"] = Licence("MIT", ""),
    };

    private static JsonObject Component(ShippedPackage package)
    {
        var component = new JsonObject
        {
            ["type"] = "library",
            ["bom-ref"] = package.PackageUrl,
            ["authors"] = ArrayOf([new JsonObject { ["name"] = package.Authors }]),
            ["name"] = package.Id,
            ["version"] = package.Version,
            ["hashes"] = ArrayOf([new JsonObject { ["alg"] = "SHA-512", ["content"] = package.Sha512 }]),
            ["licenses"] = Licence(package.LicenceExpression, package.LicenceUrl),
            ["copyright"] = package.Copyright,
            ["purl"] = package.PackageUrl,
        };
        if (package.ProjectUrl.Length > 0)
        {
            component["externalReferences"] =
                ArrayOf([new JsonObject { ["type"] = "website", ["url"] = package.ProjectUrl }]);
        }

        return component;
    }

    private static JsonArray Licence(string expression, string url) => ArrayOf(
    [
        expression.Length > 0
            ? new JsonObject { ["expression"] = expression }
            : new JsonObject { ["license"] = new JsonObject { ["name"] = "see the address", ["url"] = url } },
    ]);

    private static JsonObject Dependencies(ShippedPackage package, IReadOnlyList<ShippedPackage> all) => new()
    {
        ["ref"] = package.PackageUrl,
        ["dependsOn"] = ArrayOf(
            from id in package.DependsOn
            from dependency in all
            where dependency.Id.Equals(id, StringComparison.OrdinalIgnoreCase)
            select JsonValue.Create(dependency.PackageUrl)),
    };

    private static JsonArray ArrayOf(IEnumerable<JsonNode> nodes) => [.. nodes];
}
