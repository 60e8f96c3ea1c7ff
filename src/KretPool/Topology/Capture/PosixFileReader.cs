using System.Runtime.InteropServices;
using System.Text;

namespace KretPool.Topology.Capture;

/// <summary>
/// Reads small files by open, read and close. Thousands of files under /sys are missing on any one machine, and an
/// exception for each would take longer than all the reading; and a pipe in a captured folder must not block.
/// Not safe for several threads at once.
/// </summary>
internal sealed partial class PosixFileReader
{
    private const int NoSuchFile = 2; // ENOENT, on every system
    private const int NotADirectory = 20; // ENOTDIR, on every system

    // O_RDONLY | O_NONBLOCK | O_CLOEXEC
    private static readonly int s_openFlags = OperatingSystem.IsLinux() ? 0x800 | 0x80000 : 0x4 | 0x1000000;

    private byte[] _buffer = new byte[64 << 10];

    public unsafe FileText Read(string path)
    {
        int file = Open(path, s_openFlags);
        if (file < 0)
        {
            return Failed(Marshal.GetLastPInvokeError());
        }

        try
        {
            int length = 0;
            while (length < FileTree.MaxFileBytes)
            {
                if (length == _buffer.Length)
                {
                    Array.Resize(ref _buffer, _buffer.Length * 2);
                }

                nint count;
                fixed (byte* start = &_buffer[length])
                {
                    count = Read(file, start, _buffer.Length - length);
                }

                if (count < 0)
                {
                    return Failed(Marshal.GetLastPInvokeError());
                }

                if (count == 0)
                {
                    return new(Encoding.UTF8.GetString(_buffer, 0, length), null);
                }

                length += (int)count;
            }

            return new(null, $"larger than {FileTree.MaxFileBytes} bytes");
        }
        finally
        {
            _ = Close(file);
        }
    }

    private static FileText Failed(int error) => error is NoSuchFile or NotADirectory
        ? FileText.Missing
        : new(null, "unreadable: " + Marshal.GetPInvokeErrorMessage(error));

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static unsafe partial nint Read(int file, byte* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
