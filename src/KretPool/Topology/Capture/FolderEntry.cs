using System.Text;

namespace KretPool.Topology.Capture;

/// <summary>A file, a directory or a link of a captured folder. A directory is listed when it is first asked for.</summary>
internal sealed class FolderEntry(FileSystemInfo info, PosixFileReader? reader) : TreeEntry
{
    private readonly Lazy<string?> _link = new(() => ReadLink(info), LazyThreadSafetyMode.None);
    private Dictionary<string, TreeEntry>? _children;

    /// <summary>The entry of a folder, links in the path to it followed as usual.</summary>
    public static FolderEntry Top(string path) =>
        new(new DirectoryInfo(path + Path.DirectorySeparatorChar), OperatingSystem.IsWindows() ? null : new PosixFileReader());

    // Asked for on the way to a file only: most entries of a folder are never visited.
    public override string? LinkTarget => _link.Value;

    public override Dictionary<string, TreeEntry>? Children =>
        info is DirectoryInfo directory && LinkTarget is null ? _children ??= List(directory) : null;

    public override FileText Read()
    {
        if (reader is not null)
        {
            return reader.Read(info.FullName);
        }

        try
        {
            return ((FileInfo)info).Length > FileTree.MaxFileBytes
                ? new(null, $"larger than {FileTree.MaxFileBytes} bytes")
                : new(File.ReadAllText(info.FullName, Encoding.UTF8), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(null, "unreadable: " + e.Message);
        }
    }

    private static string? ReadLink(FileSystemInfo info)
    {
        try
        {
            return info.LinkTarget?.Replace('\\', '/');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private Dictionary<string, TreeEntry> List(DirectoryInfo directory)
    {
        var children = new Dictionary<string, TreeEntry>(StringComparer.Ordinal);
        try
        {
            foreach (var child in directory.EnumerateFileSystemInfos())
            {
                children[child.Name] = new FolderEntry(child, reader);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A directory that cannot be listed counts as empty; what should be in it is reported as missing.
        }

        return children;
    }
}
