using KretPool.Topology;

namespace KretPool.Placement;

/// <summary>How an operating system gets and sets the affinity of the calling thread.</summary>
internal interface IAffinitySystem
{
    /// <summary>The CPUs that the thread may run on; null with the reason in <paramref name="problem"/>.</summary>
    CpuSet? Get(out string? problem);

    /// <summary>Sets them; <paramref name="problem"/> says why not.</summary>
    void Set(CpuSet cpus, out string? problem);
}

/// <summary>Chooses the operating system's way.</summary>
internal static class AffinitySystem
{
    public static IAffinitySystem Current { get; } =
        OperatingSystem.IsLinux() ? new LinuxAffinity()
        : OperatingSystem.IsWindows() ? new WindowsAffinity()
        : new NoAffinity();

    /// <summary>A system without thread affinity.</summary>
    private sealed class NoAffinity : IAffinitySystem
    {
        public CpuSet? Get(out string? problem)
        {
            problem = "This operating system does not pin threads.";
            return null;
        }

        public void Set(CpuSet cpus, out string? problem) => Get(out problem);
    }
}
