using Microsoft.Win32.SafeHandles;

namespace KretPool.Benchmark.Holds;

/// <summary>A temporary file of one thread's own, gone when it is closed, and on Unix even if the process is killed.</summary>
internal static class ScratchFile
{
    /// <summary>Bytes in the file.</summary>
    public const int Length = 64;

    /// <summary>Makes a file.</summary>
    /// <returns>The open file.</returns>
    /// <exception cref="IOException">The folder for temporary files cannot be written to.</exception>
    public static SafeFileHandle Create()
    {
        string path = Path.Combine(Path.GetTempPath(), $"kretpool-{Guid.NewGuid():N}.tmp");

        // Without sharing, .NET on Unix would lock the file itself, with the very flock that is to be measured.
        var file = File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.DeleteOnClose);
        RandomAccess.Write(file, new byte[Length], 0);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }

        return file;
    }
}
