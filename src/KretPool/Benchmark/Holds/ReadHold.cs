using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace KretPool.Benchmark.Holds;

/// <summary>Reads a file of the thread's own, from its start.</summary>
internal readonly unsafe partial struct ReadHold : IHold
{
    private readonly SafeFileHandle _file;
    private readonly nint _handle;
    private readonly byte* _buffer;

    /// <summary>Makes the file, and reads it once to see that it can be read.</summary>
    /// <exception cref="Win32Exception">It cannot.</exception>
    public ReadHold()
    {
        _file = ScratchFile.Create();
        _handle = _file.DangerousGetHandle();
        _buffer = (byte*)NativeMemory.AlignedAlloc(ScratchFile.Length, ScratchFile.Length);
        if (!TryPass())
        {
            var error = new Win32Exception(Marshal.GetLastPInvokeError());
            Dispose();
            throw error;
        }
    }

    /// <inheritdoc/>
    public int TurnsPerCheck => 4;

    /// <inheritdoc/>
    public void Pass() => TryPass();

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        NativeMemory.AlignedFree(_buffer);
    }

    private bool TryPass()
    {
        if (OperatingSystem.IsWindows())
        {
            var overlapped = default(NativeOverlapped);
            return ReadFile(_handle, _buffer, ScratchFile.Length, out int read, &overlapped) != 0 && read == ScratchFile.Length;
        }

        return PRead((int)_handle, _buffer, ScratchFile.Length, 0) == ScratchFile.Length;
    }

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    private static partial nint PRead(int file, byte* buffer, nint length, long offset);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial int ReadFile(nint file, byte* buffer, int length, out int read, NativeOverlapped* overlapped);
}
