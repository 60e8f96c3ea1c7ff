using System.Buffers.Binary;

namespace KretPool.Analysis.History;

/// <summary>Looks at the first bytes of a file before SQLite does, so that a file of somebody else is never touched.</summary>
/// <remarks>Source of the layout: https://www.sqlite.org/fileformat2.html, section 1.3.</remarks>
internal static class DatabaseFile
{
    private const int HeaderLength = 100;

    public static void Check(string path, bool mustExist)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            if (mustExist)
            {
                throw new DatabaseException($"There is no database '{path}'.");
            }

            return;
        }

        if (file.Length == 0)
        {
            return;
        }

        Span<byte> header = stackalloc byte[HeaderLength];
        if (!TryReadHeader(path, header) || !header.StartsWith("SQLite format 3\0"u8))
        {
            throw new DatabaseException($"'{path}' is not a SQLite database. It is left as it is.");
        }

        if (BinaryPrimitives.ReadInt32BigEndian(header[68..]) != DatabaseSchema.ApplicationId)
        {
            throw new DatabaseException($"'{path}' is a database of another program. It is left as it is.");
        }

        CheckLength(file, header);
    }

    private static bool TryReadHeader(string path, Span<byte> header)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DatabaseException($"'{path}' must not be read.", e);
        }
    }

    // While there is a write-ahead log, pages may still be on their way from it into the file: what the file lacks, the
    // log must have. SQLite itself would notice only when it came to such a page, and might have written by then.
    private static void CheckLength(FileInfo file, ReadOnlySpan<byte> header)
    {
        int pageSize = BinaryPrimitives.ReadUInt16BigEndian(header[16..]) is var size && size == 1 ? 65_536 : size;
        long pages = BinaryPrimitives.ReadUInt32BigEndian(header[28..]);
        long present = file.Length / pageSize;
        if (present >= pages)
        {
            return;
        }

        var logged = WriteAheadLog.Pages(file.FullName + "-wal");
        for (long page = present + 1; page <= pages; page++)
        {
            if (!logged.Contains(page))
            {
                throw new DatabaseException(
                    $"'{file.FullName}' is torn: it has {file.Length} of {pages * pageSize} bytes. It is left as it is.");
            }
        }
    }
}
