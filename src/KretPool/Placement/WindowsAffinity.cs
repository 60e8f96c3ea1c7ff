using System.Runtime.InteropServices;
using KretPool.Topology;

namespace KretPool.Placement;

/// <summary>SetThreadGroupAffinity. A CPU id is 64 times its processor group plus its number in the group, as
/// <see cref="Thread.GetCurrentProcessorId"/> gives it.</summary>
internal sealed partial class WindowsAffinity : IAffinitySystem
{
    private const int GroupSize = 64;

    public CpuSet? Get(out string? problem)
    {
        if (!GetThreadGroupAffinity(GetCurrentThread(), out var affinity))
        {
            problem = "GetThreadGroupAffinity: " + Marshal.GetLastPInvokeErrorMessage();
            return null;
        }

        problem = null;
        return FromMask(affinity.Group, affinity.Mask);
    }

    public void Set(CpuSet cpus, out string? problem)
    {
        var (group, mask) = FirstGroup(cpus);
        if (!FromMask(group, mask).Equals(cpus))
        {
            problem = $"CPUs {cpus} are in several processor groups; a Windows thread is pinned within one.";
            return;
        }

        var affinity = new GroupAffinity { Group = group, Mask = mask };
        problem = SetThreadGroupAffinity(GetCurrentThread(), affinity, out _)
            ? null
            : $"SetThreadGroupAffinity to CPUs {cpus}: {Marshal.GetLastPInvokeErrorMessage()}";
    }

    internal static (ushort Group, nuint Mask) FirstGroup(CpuSet cpus)
    {
        int group = cpus[0] / GroupSize;
        nuint mask = 0;
        foreach (int cpu in cpus)
        {
            if (cpu / GroupSize == group)
            {
                mask |= (nuint)1 << (cpu % GroupSize);
            }
        }

        return ((ushort)group, mask);
    }

    internal static CpuSet FromMask(ushort group, nuint mask)
    {
        var cpus = new List<int>();
        for (int bit = 0; bit < GroupSize; bit++)
        {
            if ((mask >> bit & 1) != 0)
            {
                cpus.Add((group * GroupSize) + bit);
            }
        }

        return CpuSet.From(cpus);
    }

    [LibraryImport("kernel32")]
    private static partial nint GetCurrentThread();

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetThreadGroupAffinity(nint thread, out GroupAffinity affinity);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetThreadGroupAffinity(nint thread, in GroupAffinity affinity, out GroupAffinity previous);

    /// <summary>GROUP_AFFINITY of winnt.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct GroupAffinity
    {
        public nuint Mask;
        public ushort Group;
        public ushort Reserved1;
        public ushort Reserved2;
        public ushort Reserved3;
    }
}
