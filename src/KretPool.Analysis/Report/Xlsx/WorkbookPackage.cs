using System.Globalization;
using System.IO.Packaging;
using System.Text;
using System.Xml;
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
    /// <remarks>Under the usual name: the packaging library would choose one that not every reader looks at.</remarks>
    public void Describe(string title, string creator, DateTime createdUtc)
    {
        const string Path = "/docProps/core.xml";
        const string Terms = "http://purl.org/dc/terms/";
        const string Core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
        var part = _package.CreatePart(
            new Uri(Path, UriKind.Relative), "application/vnd.openxmlformats-package.core-properties+xml", CompressionOption.Fast);
        using (var stream = part.GetStream(FileMode.Create, FileAccess.Write))
        using (var writer = XmlWriter.Create(stream))
        {
            writer.WriteStartElement("cp", "coreProperties", Core);
            writer.WriteElementString("dc", "title", "http://purl.org/dc/elements/1.1/", title);
            writer.WriteElementString("dc", "creator", "http://purl.org/dc/elements/1.1/", creator);
            writer.WriteStartElement("dcterms", "created", Terms);
            writer.WriteAttributeString("xsi", "type", "http://www.w3.org/2001/XMLSchema-instance", "dcterms:W3CDTF");
            writer.WriteString(createdUtc.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        _package.CreateRelationship(
            part.Uri, TargetMode.Internal,
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "core");
    }

    public void Dispose() => _package.Close();
}
