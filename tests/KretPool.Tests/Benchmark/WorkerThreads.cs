namespace KretPool.Tests.Benchmark;

/// <summary>The benchmark's threads that are alive, by the names that the system has for them.</summary>
internal static class WorkerThreads
{
    /// <summary>Waits until none is left: a thread that was joined stays with the system for a moment.</summary>
    public static bool AreGone() =>
        !OperatingSystem.IsLinux() || SpinWait.SpinUntil(() => Count() == 0, TimeSpan.FromSeconds(30));

    private static int Count() =>
        Directory.EnumerateDirectories("/proc/self/task").Count(task =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(task, "comm")).StartsWith("KretPool worker", StringComparison.Ordinal);
            }
            catch (IOException)
            {
                return false;
            }
        });
}
