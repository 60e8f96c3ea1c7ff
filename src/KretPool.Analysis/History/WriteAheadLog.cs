using System.Buffers.Binary;

namespace KretPool.Analysis.History;

/// <summary>Reads which pages a write-ahead log of SQLite holds, without SQLite.</summary>
/// <remarks>Source of the layout: https://www.sqlite.org/fileformat2.html, section 4.1.</remarks>
internal static class WriteAheadLog
{
    private const int HeaderLength = 32;
    private const int FrameHeaderLength = 24;
    private const int SaltOffset = 16;
    private const int SaltLength = 8;

    /// <summary>The numbers of the pages in the log; none without a log, or where it holds nothing valid.</summary>
    public static HashSet<long> Pages(string path)
    {
        HashSet<long> pages = [];
        if (!File.Exists(path))
        {
            return pages;
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> header = stackalloc byte[HeaderLength];
        Span<byte> frame = stackalloc byte[FrameHeaderLength];
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
        {
            return pages;
        }

        uint pageSize = BinaryPrimitives.ReadUInt32BigEndian(header[8..]);

        // Frames of an earlier turn of the log, which it is being written over, have other salts.
        var salts = header.Slice(SaltOffset, SaltLength);
        while (stream.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length
            && frame.Slice(8, SaltLength).SequenceEqual(salts))
        {
            pages.Add(BinaryPrimitives.ReadUInt32BigEndian(frame));
            stream.Seek(pageSize, SeekOrigin.Current);
        }

        return pages;
    }
}
