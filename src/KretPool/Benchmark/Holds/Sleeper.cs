using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace KretPool.Benchmark.Holds;

/// <summary>
/// Sleeps for less than a timer tick of <see cref="Thread.Sleep(TimeSpan)"/>: <c>nanosleep</c>, on Windows a
/// high-resolution waitable timer. For one thread at a time.
/// </summary>
/// <remarks>
/// The system adds to it what it takes to wake a thread: on Linux the timer slack, 50 µs unless set otherwise
/// (prctl(2), PR_SET_TIMERSLACK), on Windows about half a millisecond.
/// </remarks>
internal sealed unsafe partial class Sleeper : IDisposable
{
    // Longest nap. Between naps a long sleep sees that nobody waits for its end any more.
    private static readonly TimeSpan s_nap = TimeSpan.FromMilliseconds(100);

    private readonly nint _timer;

    /// <summary>Makes a timer, where the system needs one.</summary>
    public Sleeper()
    {
        if (OperatingSystem.IsWindows())
        {
            _timer = CreateTimer();
        }
    }

    /// <summary>Sleeps.</summary>
    /// <param name="time">How long.</param>
    /// <param name="isOver">Asked now and then; ends a long sleep early.</param>
    public void Sleep(TimeSpan time, Func<bool> isOver)
    {
        for (; time > s_nap; time -= s_nap)
        {
            if (isOver())
            {
                return;
            }

            Nap(s_nap);
        }

        Nap(time);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (OperatingSystem.IsWindows())
        {
            CloseHandle(_timer);
        }
    }

    private void Nap(TimeSpan time)
    {
        if (OperatingSystem.IsWindows())
        {
            NapOnTimer(time);
            return;
        }

        var request = new TimeSpec
        {
            Seconds = (nint)(time.Ticks / TimeSpan.TicksPerSecond),
            Nanoseconds = (nint)(time.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick),
        };
        while (NanoSleep(&request, &request) != 0 && Marshal.GetLastPInvokeError() == Interrupted)
        {
        }
    }

    // EINTR, the same on Linux and macOS: a signal came, and what is left is in the second argument.
    private const int Interrupted = 4;

    [LibraryImport("libc", EntryPoint = "nanosleep", SetLastError = true)]
    private static partial int NanoSleep(TimeSpec* request, TimeSpec* remaining);

    [SupportedOSPlatform("windows")]
    private static nint CreateTimer()
    {
        const uint HighResolution = 2, AllAccess = 0x1F0003;
        nint timer = CreateWaitableTimerEx(0, 0, HighResolution, AllAccess);

        // Before Windows 10 1803 there are only the ordinary ones.
        timer = timer != 0 ? timer : CreateWaitableTimerEx(0, 0, 0, AllAccess);
        return timer != 0 ? timer : throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [SupportedOSPlatform("windows")]
    private void NapOnTimer(TimeSpan time)
    {
        const uint Forever = 0xFFFF_FFFF;
        if (time > TimeSpan.Zero && SetWaitableTimer(_timer, -time.Ticks, 0, 0, 0, false))
        {
            _ = WaitForSingleObject(_timer, Forever);
        }
    }

    [LibraryImport("kernel32", EntryPoint = "CreateWaitableTimerExW", SetLastError = true)]
    private static partial nint CreateWaitableTimerEx(nint attributes, nint name, uint flags, uint access);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetWaitableTimer(
        nint timer, in long dueTime, int period, nint routine, nint argument, [MarshalAs(UnmanagedType.Bool)] bool resume);

    [LibraryImport("kernel32")]
    private static partial uint WaitForSingleObject(nint handle, uint milliseconds);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CloseHandle(nint handle);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
