using System.Runtime.InteropServices;
using KretPool.Topology;

namespace KretPool.Placement;

/// <summary>sched_setaffinity(2) with a mask as long as any CPU id needs: the 1,024 bits of <c>cpu_set_t</c> are not
/// enough for large machines.</summary>
internal sealed partial class LinuxAffinity : IAffinitySystem
{
    private const int CallingThread = 0;
    private const int MaskBytes = (CpuSet.MaxCpuId + 1) / 8;
    private const int WordBits = 8 * sizeof(ulong);

    public CpuSet? Get(out string? problem)
    {
        var mask = new ulong[MaskBytes / sizeof(ulong)];
        if (GetAffinity(CallingThread, MaskBytes, mask) < 0)
        {
            problem = "sched_getaffinity: " + Marshal.GetLastPInvokeErrorMessage();
            return null;
        }

        problem = null;
        var cpus = new List<int>();
        for (int cpu = 0; cpu <= CpuSet.MaxCpuId; cpu++)
        {
            if ((mask[cpu / WordBits] >> (cpu % WordBits) & 1) != 0)
            {
                cpus.Add(cpu);
            }
        }

        return CpuSet.From(cpus);
    }

    public void Set(CpuSet cpus, out string? problem)
    {
        var mask = new ulong[MaskBytes / sizeof(ulong)];
        foreach (int cpu in cpus)
        {
            mask[cpu / WordBits] |= 1UL << (cpu % WordBits);
        }

        problem = SetAffinity(CallingThread, MaskBytes, mask) < 0
            ? $"sched_setaffinity to CPUs {cpus}: {Marshal.GetLastPInvokeErrorMessage()}"
            : null;
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    private static partial int GetAffinity(int thread, nuint bytes, [Out] ulong[] mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nuint bytes, [In] ulong[] mask);
}
