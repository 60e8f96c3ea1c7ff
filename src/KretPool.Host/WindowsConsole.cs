using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace KretPool.Host;

/// <summary>What .NET does not do for a Windows console by itself.</summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsConsole
{
    private const int StandardOutput = -11;
    private const int StandardError = -12;
    private const uint EnableVirtualTerminalProcessing = 0x0004;

    /// <summary>Asks the console behind standard output and error to obey escape sequences.</summary>
    /// <returns>False where a stream is a console that cannot.</returns>
    public static bool EnableEscapeSequences() => Enable(StandardOutput) && Enable(StandardError);

    // A stream that is no console has no mode, and needs none.
    private static bool Enable(int stream)
    {
        nint handle = GetStdHandle(stream);
        return !GetConsoleMode(handle, out uint mode)
            || (mode & EnableVirtualTerminalProcessing) != 0
            || SetConsoleMode(handle, mode | EnableVirtualTerminalProcessing);
    }

    [LibraryImport("kernel32.dll")]
    private static partial nint GetStdHandle(int stream);

    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetConsoleMode(nint handle, out uint mode);

    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetConsoleMode(nint handle, uint mode);
}
