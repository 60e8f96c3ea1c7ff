using System.Text;

namespace KretPool.Topology.Capture;

/// <summary>A file, a directory or a link of an archive, held in memory.</summary>
internal sealed class ArchiveEntry : TreeEntry
{
    private readonly Dictionary<string, TreeEntry>? _children;
    private readonly byte[] _content = [];

    private ArchiveEntry(byte[] content) => _content = content;

    private ArchiveEntry(string linkTarget) => LinkTarget = linkTarget;

    private ArchiveEntry() => _children = new(StringComparer.Ordinal);

    public override string? LinkTarget { get; }

    public override Dictionary<string, TreeEntry>? Children => _children;

    public static ArchiveEntry File(byte[] content) => new(content);

    public static ArchiveEntry Link(string target) => new(target);

    public static ArchiveEntry Directory() => new();

    public override FileText Read() => new(Encoding.UTF8.GetString(_content), null);
}
