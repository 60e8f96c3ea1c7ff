using System.IO.Packaging;
using System.Text;
using DocumentFormat.OpenXml;

namespace KretPool.Analysis.Report.Xlsx;

/// <summary>
/// The package of a workbook, written part after part. The SDK's own document classes keep every part in memory until
/// the end, because they open the package to read and to write; this one only writes.
/// </summary>
internal sealed class WorkbookPackage : IDisposable
{
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

    private readonly Package _package;
    private readonly Dictionary<string, PackagePart> _parts = [];

    public WorkbookPackage(Stream target) => _package = Package.Open(target, FileMode.Create, FileAccess.Write);

    /// <summary>Writes a part. One at a time: a part is complete before the next one begins.</summary>
    public void Write(PartKind kind, string path, Action<OpenXmlWriter> content)
    {
        var part = _package.CreatePart(new Uri(path, UriKind.Relative), kind.ContentType, CompressionOption.Fast);
        _parts.Add(path, part);
        using var stream = part.GetStream(FileMode.Create, FileAccess.Write);
        using var writer = OpenXmlWriter.Create(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        writer.WriteStartDocument();
        content(writer);
    }

    /// <summary>Relates a part that is written to another, under an id that its content uses.</summary>
    public void Relate(string fromPath, string id, PartKind kind, string toPath) =>
        _parts[fromPath].CreateRelationship(
            new Uri(toPath, UriKind.Relative), TargetMode.Internal, Relationships + kind.RelationshipName, id);

    /// <summary>Relates the package itself to a part, such as the one that it opens with.</summary>
    public void OpenWith(PartKind kind, string path) =>
        _package.CreateRelationship(
            new Uri(path, UriKind.Relative), TargetMode.Internal, Relationships + kind.RelationshipName, kind.RelationshipName);

    /// <summary>Says what the workbook is and who made it.</summary>
    public void Describe(string title, string creator, DateTime createdUtc)
    {
        _package.PackageProperties.Title = title;
        _package.PackageProperties.Creator = creator;
        _package.PackageProperties.Created = createdUtc;
        _package.PackageProperties.Modified = createdUtc;
    }

    public void Dispose() => _package.Close();
}
