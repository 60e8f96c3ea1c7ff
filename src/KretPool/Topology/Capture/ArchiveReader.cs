using System.Formats.Tar;
using System.IO.Compression;

namespace KretPool.Topology.Capture;

/// <summary>Reads an archive of a capture into memory: .tar, .tar.gz, .tar.bz2 or .zip, told by content. Nothing is
/// unpacked to disk.</summary>
internal sealed class ArchiveReader
{
    /// <summary>Bytes of content in an archive: ten times a capture of a machine with 1,000 CPUs.</summary>
    public const long MaxBytes = 256L << 20;

    /// <summary>Entries in an archive: ten times a capture of a machine with 1,000 CPUs.</summary>
    public const int MaxEntries = 1_000_000;

    private const int BufferBytes = 1 << 16;

    private readonly string _name;
    private readonly ArchiveEntry _root = ArchiveEntry.Directory();
    private readonly List<(string Path, string Target)> _hardLinks = [];
    private long _bytes;
    private int _entries;

    // The files of a directory follow each other: the way to it is gone once.
    private string _lastDirectory = "";
    private Dictionary<string, TreeEntry> _lastChildren;

    private ArchiveReader(string name)
    {
        _name = name;
        _lastChildren = _root.Children!;
    }

    /// <summary>Reads an archive.</summary>
    /// <exception cref="InvalidDataException">It is no archive, torn, too large, or an entry climbs out of it.</exception>
    public static CaptureTree Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
        var archive = new ArchiveReader(path);
        try
        {
            archive.ReadAny(file);
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or OverflowException or ArgumentException
            or NotSupportedException || (e is InvalidDataException && !e.Message.Contains(path, StringComparison.Ordinal)))
        {
            throw new InvalidDataException($"'{path}' is torn or not an archive: {e.Message}", e);
        }

        return new(path, archive._root);
    }

    private void ReadAny(FileStream file)
    {
        Span<byte> magic = stackalloc byte[4];
        int length = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (length == 0)
        {
            throw new InvalidDataException("it is empty.");
        }

        if (magic.StartsWith<byte>([0x1f, 0x8b]))
        {
            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            ReadTar(gzip);
        }
        else if (magic.StartsWith("BZh"u8))
        {
            using var bzip2 = new BZip2Stream(file);
            ReadTar(bzip2);
        }
        else if (magic.StartsWith("PK"u8))
        {
            ReadZip(file);
        }
        else
        {
            ReadTar(file);
        }
    }

    private void ReadTar(Stream stream)
    {
        using var limited = new LimitedStream(stream, MaxBytes, TooLarge);
        using var tar = new TarReader(limited);
        while (tar.GetNextEntry() is { } entry)
        {
            switch (entry.EntryType)
            {
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                    Add(entry.Name, ArchiveEntry.File(Content(entry.DataStream, entry.Length)));
                    break;
                case TarEntryType.Directory:
                    Add(entry.Name, ArchiveEntry.Directory());
                    break;
                case TarEntryType.SymbolicLink:
                    Add(entry.Name, ArchiveEntry.Link(entry.LinkName));
                    break;
                case TarEntryType.HardLink:
                    _hardLinks.Add((entry.Name, entry.LinkName));
                    break;
                default:
                    break; // Devices and pipes hold no facts.
            }
        }

        foreach (var (path, target) in _hardLinks)
        {
            Add(path, ArchiveEntry.Link("/" + string.Join('/', Parts(target))));
        }
    }

    private void ReadZip(Stream stream)
    {
        const int linkMode = 0xa000, modeMask = 0xf000; // S_IFLNK, S_IFMT: the Unix mode is in the upper 16 bits.
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        foreach (var entry in zip.Entries)
        {
            if (entry.FullName.EndsWith('/'))
            {
                Add(entry.FullName, ArchiveEntry.Directory());
                continue;
            }

            using var data = entry.Open();
            byte[] content = Content(data, entry.Length);
            bool link = (entry.ExternalAttributes >> 16 & modeMask) == linkMode;
            Add(
                entry.FullName,
                link ? ArchiveEntry.Link(System.Text.Encoding.UTF8.GetString(content)) : ArchiveEntry.File(content));
        }
    }

    private byte[] Content(Stream? data, long length)
    {
        if (data is null || length == 0)
        {
            return [];
        }

        if (length < 0 || (_bytes += length) > MaxBytes)
        {
            throw TooLarge();
        }

        byte[] content = new byte[length];
        data.ReadExactly(content);
        return content;
    }

    private void Add(string path, ArchiveEntry entry)
    {
        if (++_entries > MaxEntries)
        {
            throw TooLarge();
        }

        int nameStart = path.LastIndexOf('/') + 1;
        string name = path[nameStart..];
        if (name is "" or "." or "..")
        {
            var parts = Parts(path);
            if (parts.Count > 0)
            {
                Put(Children(parts[..^1]), parts[^1], entry);
            }

            return;
        }

        if (!path.AsSpan(0, nameStart).SequenceEqual(_lastDirectory))
        {
            (_lastDirectory, _lastChildren) = (path[..nameStart], Children(Parts(path)[..^1]));
        }

        Put(_lastChildren, name, entry);
    }

    private Dictionary<string, TreeEntry> Children(List<string> directory)
    {
        var children = _root.Children!;
        foreach (string part in directory)
        {
            if (!children.TryGetValue(part, out var next) || next.Children is null)
            {
                children[part] = next = ArchiveEntry.Directory();
            }

            children = next.Children!;
        }

        return children;
    }

    private void Put(Dictionary<string, TreeEntry> children, string name, ArchiveEntry entry)
    {
        bool replacesDirectory = children.TryGetValue(name, out var known) && known.Children is not null;
        if (replacesDirectory && entry.Children is not null)
        {
            return; // Named once more: what it holds already stays in it.
        }

        children[name] = entry;
        if (replacesDirectory)
        {
            (_lastDirectory, _lastChildren) = ("", _root.Children!);
        }
    }

    private List<string> Parts(string path)
    {
        var parts = new List<string>();
        bool climbs = path.StartsWith('/');
        foreach (string part in path.Split('/'))
        {
            if (part == "..")
            {
                climbs |= parts.Count == 0;
                parts.RemoveRange(Math.Max(parts.Count - 1, 0), Math.Min(parts.Count, 1));
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return climbs
            ? throw new InvalidDataException($"'{_name}' is refused: its entry '{path}' climbs out of the archive.")
            : parts;
    }

    private InvalidDataException TooLarge() =>
        new($"'{_name}' is refused: it holds more than {MaxBytes >> 20} MiB or {MaxEntries} entries.");
}
