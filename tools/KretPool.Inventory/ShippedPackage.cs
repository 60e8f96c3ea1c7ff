using NuGet.Packaging;
using NuGet.ProjectModel;

namespace KretPool.Inventory;

/// <summary>A package of which files lie in a deliverable.</summary>
/// <param name="Id">Its name on the feed.</param>
/// <param name="Version">Its version.</param>
/// <param name="Authors">Who made it.</param>
/// <param name="Copyright">Its copyright line, or empty.</param>
/// <param name="ProjectUrl">Where it lives, or empty.</param>
/// <param name="LicenceExpression">Its licence as an SPDX expression, or empty where it only gives an address.</param>
/// <param name="LicenceUrl">The address of its licence.</param>
/// <param name="Sha512">The hash of the package as the lock file has it, in hexadecimal.</param>
/// <param name="DependsOn">The packages it needs.</param>
/// <param name="Files">The names of its files that lie in the deliverable.</param>
public sealed record ShippedPackage(
    string Id,
    string Version,
    string Authors,
    string Copyright,
    string ProjectUrl,
    string LicenceExpression,
    string LicenceUrl,
    string Sha512,
    IReadOnlyList<string> DependsOn,
    IReadOnlyList<string> Files)
{
    /// <summary>The address of the package in the form that bills of materials use.</summary>
    public string PackageUrl => $"pkg:nuget/{Id}@{Version}";

    /// <summary>Finds the packages that a deliverable holds.</summary>
    /// <param name="folder">The deliverable's folder.</param>
    /// <param name="assetsFiles">What the restore resolved for the projects in it: their <c>project.assets.json</c>.</param>
    /// <returns>The packages in the order of their names.</returns>
    /// <exception cref="InvalidDataException">A package says nothing about its licence.</exception>
    public static IReadOnlyList<ShippedPackage> FindAll(string folder, IEnumerable<string> assetsFiles)
    {
        ArgumentNullException.ThrowIfNull(assetsFiles);
        var present = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(file)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. assetsFiles.SelectMany(file => FindIn(file, present)).DistinctBy(package => package.PackageUrl)
                .OrderBy(package => package.Id, StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static IEnumerable<ShippedPackage> FindIn(string assetsFile, HashSet<string> present)
    {
        var assets = LockFileUtilities.GetLockFile(assetsFile, NuGet.Common.NullLogger.Instance)
            ?? throw new InvalidDataException($"'{assetsFile}' is not there; restore the project first.");

        // A restore may resolve more than a deliverable takes: what the runtime has itself is not copied.
        return from library in assets.Targets.SelectMany(target => target.Libraries)
               where library.Type == "package"
               let files = FilesOf(library).Where(present.Contains).Distinct().ToList()
               where files.Count > 0
               select Read(assets, library, files);
    }

    private static IEnumerable<string> FilesOf(LockFileTargetLibrary library) =>
        library.RuntimeAssemblies.Concat(library.RuntimeTargets).Concat(library.NativeLibraries)
            .Select(item => Path.GetFileName(item.Path));

    private static ShippedPackage Read(LockFile assets, LockFileTargetLibrary target, IReadOnlyList<string> files)
    {
        var library = assets.GetLibrary(target.Name, target.Version);
        string folder = assets.PackageFolders.Select(root => Path.Combine(root.Path, library.Path)).First(Directory.Exists);
        var nuspec = new NuspecReader(Path.Combine(folder, library.Path.Split('/')[0] + ".nuspec"));
        var licence = nuspec.GetLicenseMetadata();
        if (licence is null && string.IsNullOrEmpty(nuspec.GetLicenseUrl()))
        {
            throw new InvalidDataException($"{target.Name} {target.Version} says nothing about its licence.");
        }

        return new ShippedPackage(
            target.Name!,
            target.Version!.ToNormalizedString(),
            nuspec.GetAuthors(),
            nuspec.GetCopyright() ?? "",
            nuspec.GetProjectUrl() ?? "",
            licence is { Type: LicenseType.Expression } ? licence.License : "",
            nuspec.GetLicenseUrl() ?? "",
            Convert.ToHexStringLower(Convert.FromBase64String(library.Sha512)),
            [.. target.Dependencies.Select(dependency => dependency.Id)],
            files);
    }
}
