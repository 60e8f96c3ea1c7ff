using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace KretPool.Benchmark.Holds;

/// <summary>Locks and unlocks a file of the thread's own.</summary>
internal readonly unsafe partial struct FlockHold : IHold
{
    private const int ExclusiveLock = 2, Unlock = 8;

    private readonly SafeFileHandle _file;
    private readonly nint _handle;

    /// <summary>Makes the file, and locks it once to see that it can be locked.</summary>
    /// <exception cref="Win32Exception">The file system has no locks.</exception>
    public FlockHold()
    {
        _file = ScratchFile.Create();
        _handle = _file.DangerousGetHandle();
        if (!TryPass())
        {
            var error = new Win32Exception(Marshal.GetLastPInvokeError());
            _file.Dispose();
            throw error;
        }
    }

    /// <inheritdoc/>
    public int TurnsPerCheck => 4;

    /// <inheritdoc/>
    public void Pass() => TryPass();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private bool TryPass()
    {
        if (OperatingSystem.IsWindows())
        {
            var overlapped = default(NativeOverlapped);
            return LockFileEx(_handle, ExclusiveLock, 0, 1, 0, &overlapped) != 0 && UnlockFileEx(_handle, 0, 1, 0, &overlapped) != 0;
        }

        return Flock((int)_handle, ExclusiveLock) == 0 && Flock((int)_handle, Unlock) == 0;
    }

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(int file, int operation);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial int LockFileEx(
        nint file, int flags, int reserved, int lengthLow, int lengthHigh, NativeOverlapped* overlapped);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial int UnlockFileEx(nint file, int reserved, int lengthLow, int lengthHigh, NativeOverlapped* overlapped);
}
