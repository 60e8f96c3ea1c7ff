namespace KretPool.Tests.Benchmark;

/// <summary>The benchmark's threads that are alive, by the names that the system has for them.</summary>
internal static class WorkerThreads
{
    public static int Count()
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        return Directory.EnumerateDirectories("/proc/self/task").Count(task =>
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
}
