using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace KretPool.Benchmark.Machine;

/// <summary>How much of the machine's CPU time goes where, since it started.</summary>
/// <param name="At">When this was read, as a <see cref="Stopwatch"/> timestamp.</param>
/// <param name="Busy">CPU time that was used by anybody.</param>
/// <param name="Stolen">CPU time that the hypervisor gave to other machines; null if it does not tell.</param>
/// <param name="Own">CPU time that this process used.</param>
internal sealed partial record CpuTimes(long At, TimeSpan Busy, TimeSpan? Stolen, TimeSpan Own)
{
    // The unit of /proc/stat, USER_HZ, is 100 on every architecture that .NET runs on (proc(5)).
    private const double TicksPerSecond = 100;

    /// <summary>Reads the counters.</summary>
    /// <returns>The times; null where the system does not tell them.</returns>
    public static CpuTimes? Read()
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan own = process.TotalProcessorTime;
        if (OperatingSystem.IsLinux())
        {
            return ParseStat(FirstLine("/proc/stat"), own);
        }

        return OperatingSystem.IsWindows() && GetSystemTimes(out long idle, out long kernel, out long user)
            ? new CpuTimes(Stopwatch.GetTimestamp(), TimeSpan.FromTicks(kernel + user - idle), null, own)
            : null;
    }

    /// <summary>Reads the first line of <c>/proc/stat</c>: user, nice, system, idle, iowait, irq, softirq, steal.</summary>
    internal static CpuTimes? ParseStat(string? line, TimeSpan own)
    {
        double[] fields = [.. (line ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(field => double.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out double ticks) ? ticks : 0)];
        if (fields.Length < 8)
        {
            return null;
        }

        double busy = fields[0] + fields[1] + fields[2] + fields[5] + fields[6];
        return new CpuTimes(
            Stopwatch.GetTimestamp(), TimeSpan.FromSeconds(busy / TicksPerSecond), TimeSpan.FromSeconds(fields[7] / TicksPerSecond), own);
    }

    /// <summary>How many CPUs others than this process kept busy between two readings.</summary>
    /// <param name="later">The second reading.</param>
    /// <returns>CPUs' worth of time, 0 or more.</returns>
    public double OthersUntil(CpuTimes later) =>
        Math.Max(0, ((later.Busy - Busy) - (later.Own - Own)) / Stopwatch.GetElapsedTime(At, later.At));

    /// <summary>How many CPUs' worth of time the hypervisor took away between two readings.</summary>
    /// <param name="later">The second reading.</param>
    /// <returns>CPUs' worth of time; null if it does not tell.</returns>
    public double? StolenUntil(CpuTimes later) => (later.Stolen - Stolen) / Stopwatch.GetElapsedTime(At, later.At);

    private static string? FirstLine(string path)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetSystemTimes(out long idle, out long kernel, out long user);
}
