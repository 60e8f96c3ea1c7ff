using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using KretPool.Topology.Capture;
using KretPool.Topology.Linux;

namespace KretPool.Topology;

/// <summary>Captures this machine, for <see cref="TopologyReader.ReadCapture"/> to read elsewhere.</summary>
public static class TopologyCapture
{
    /// <summary>Writes just the files that the reader uses to an archive. Host names, serial numbers, UUIDs and ids of
    /// containers are left out.</summary>
    /// <param name="path">The archive: .tar, .tar.gz, .tgz or .zip.</param>
    /// <param name="overwrite">Whether an existing one is replaced, once the new one is complete.</param>
    /// <exception cref="ArgumentException">The name ends in none of those.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    /// <exception cref="IOException">The archive cannot be written, or exists and must not be replaced.</exception>
    /// <exception cref="UnauthorizedAccessException">The archive may not be written.</exception>
    public static void Write(string path, bool overwrite = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var format = FormatOf(path)
            ?? throw new ArgumentException($"'{path}' names no kind of archive. Use .tar.gz, .tgz, .tar or .zip.", nameof(path));
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("Only a Linux machine can be captured: the others keep its shape in no files.");
        }

        if (!overwrite && File.Exists(path))
        {
            throw new IOException($"'{path}' exists already.");
        }

        if (Directory.Exists(path))
        {
            throw new IOException($"'{path}' is a folder. Give the name of an archive in it.");
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder '{folder}' to write '{Path.GetFileName(path)}' to.");
        }

        using var live = new LiveTree();
        var recording = new RecordingTree(live);
        LinuxTopology.Read(recording);
        Replace(path, overwrite, stream => Write(stream, format, Entries(recording, new(Environment.MachineName))));
    }

    private static ArchiveFormat? FormatOf(string path) =>
        path.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase)
            ? ArchiveFormat.TarGZip
        : path.EndsWith(".tar", StringComparison.OrdinalIgnoreCase) ? ArchiveFormat.Tar
        : path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? ArchiveFormat.Zip
        : null;

    internal static List<CaptureItem> Entries(RecordingTree recording, CapturePrivacy privacy)
    {
        var items = new List<CaptureItem>();
        foreach (string directory in recording.EmptyDirectories)
        {
            items.Add(new(privacy.CleanPath(directory), null, null));
        }

        foreach (var (path, text) in recording.Files)
        {
            // A file that was reached through a link is stored where the link leads.
            string place = path;
            foreach (var (link, target) in recording.Links)
            {
                place = path.StartsWith(link + "/", StringComparison.Ordinal) ? target + path[link.Length..] : place;
            }

            items.Add(new(privacy.CleanPath(place), privacy.Clean(path, text), null));
        }

        foreach (var (link, target) in recording.Links)
        {
            items.Add(new(link, null, "/" + target));
        }

        return items;
    }

    private static void Replace(string path, bool overwrite, Action<Stream> write)
    {
        string unfinished = $"{path}.{Guid.NewGuid():N}.unfinished";
        try
        {
            using (var file = new FileStream(unfinished, FileMode.CreateNew))
            {
                write(file);
            }

            File.Move(unfinished, path, overwrite);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static void Write(Stream stream, ArchiveFormat format, List<CaptureItem> items)
    {
        switch (format)
        {
            case ArchiveFormat.Tar:
                WriteTar(stream, items);
                break;
            case ArchiveFormat.TarGZip:
                using (var gzip = new GZipStream(stream, CompressionLevel.Optimal))
                {
                    WriteTar(gzip, items);
                }

                break;
            default:
                WriteZip(stream, items);
                break;
        }
    }

    private static void WriteTar(Stream stream, List<CaptureItem> items)
    {
        using var tar = new TarWriter(stream, TarEntryFormat.Ustar);
        foreach (var item in items)
        {
            var type = item.LinkTarget is not null ? TarEntryType.SymbolicLink
                : item.Text is not null ? TarEntryType.RegularFile
                : TarEntryType.Directory;
            var entry = new UstarTarEntry(type, item.Path) { ModificationTime = DateTimeOffset.UnixEpoch };
            if (item.LinkTarget is not null)
            {
                entry.LinkName = item.LinkTarget;
            }
            else if (item.Text is not null)
            {
                entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(item.Text));
            }

            tar.WriteEntry(entry);
        }
    }

    private static void WriteZip(Stream stream, List<CaptureItem> items)
    {
        const int link = 0xa1ff << 16; // S_IFLNK with mode 0777, where zip keeps the Unix mode.
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
        foreach (var item in items)
        {
            bool directory = item is { Text: null, LinkTarget: null };
            var entry = zip.CreateEntry(directory ? item.Path + "/" : item.Path);
            if (item.LinkTarget is not null)
            {
                entry.ExternalAttributes = link;
            }

            using var content = entry.Open();
            content.Write(Encoding.UTF8.GetBytes(item.LinkTarget ?? item.Text ?? ""));
        }
    }

    private enum ArchiveFormat
    {
        Tar,
        TarGZip,
        Zip,
    }
}

/// <summary>A file (with its text), a link (with its target) or a directory (with neither) of a capture.</summary>
internal sealed record CaptureItem(string Path, string? Text, string? LinkTarget);
