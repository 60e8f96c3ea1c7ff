using System.Runtime.InteropServices;

namespace KretPool.Topology.Windows;

/// <summary>The calls into Windows.</summary>
internal static partial class WindowsCalls
{
    private const int RelationAll = 0xffff;
    private const int InsufficientBuffer = 122;

    /// <summary>The bytes of all processor records; none, with the reason added to <paramref name="lost"/>.</summary>
    public static unsafe byte[] ProcessorRecords(List<string> lost)
    {
        int length = 0;
        byte[] buffer = [];
        while (true)
        {
            bool done;
            fixed (byte* start = buffer)
            {
                done = GetLogicalProcessorInformationEx(RelationAll, start, ref length);
            }

            int error = Marshal.GetLastPInvokeError();
            if (done)
            {
                return buffer[..length];
            }

            if (error != InsufficientBuffer || length <= buffer.Length)
            {
                lost.Add("GetLogicalProcessorInformationEx: " + Marshal.GetPInvokeErrorMessage(error));
                return [];
            }

            buffer = new byte[length];
        }
    }

    /// <summary>CPUs that the process's affinity leaves out. It is a mask within one processor group; threads may be
    /// pinned to other groups all the same.</summary>
    public static CpuSet OutsideAffinity()
    {
        Span<ushort> groups = stackalloc ushort[64];
        ushort count = (ushort)groups.Length;
        return GetProcessGroupAffinity(GetCurrentProcess(), ref count, groups) && count == 1
            && GetProcessAffinityMask(GetCurrentProcess(), out nuint mask, out nuint system) && mask != 0
            ? Placement.WindowsAffinity.FromMask(groups[0], system & ~mask)
            : CpuSet.Empty;
    }

    /// <summary>Physical memory that Windows uses, in bytes.</summary>
    public static long? MemoryTotalBytes()
    {
        var status = new MemoryStatus { Length = (uint)Marshal.SizeOf<MemoryStatus>() };
        return GlobalMemoryStatusEx(ref status) ? (long)status.TotalPhysical : null;
    }

    public static long? NodeFreeBytes(int node) =>
        GetNumaAvailableMemoryNodeEx((ushort)node, out ulong bytes) ? (long)bytes : null;

    /// <summary>Vendor, model and base frequency as the registry keeps them.</summary>
    public static (string? Vendor, string? Model, double? MHz) Processor() =>
        (Registry("VendorIdentifier"), Registry("ProcessorNameString")?.Trim(), RegistryNumber("~MHz"));

    /// <summary>The part of all CPUs' time that the process's job allows, from 0 to 1; null without a hard cap.</summary>
    public static double? JobCpuRate()
    {
        const int cpuRateControl = 15, enabled = 0x1, hardCap = 0x4;
        return QueryInformationJobObject(0, cpuRateControl, out var rate, Marshal.SizeOf<CpuRate>(), 0)
            && (rate.Flags & (enabled | hardCap)) == (enabled | hardCap)
            ? rate.Rate / 10_000.0
            : null;
    }

    private static string? Registry(string name)
    {
        Span<char> value = stackalloc char[256];
        int bytes = value.Length * sizeof(char);
        return RegGetValue(LocalMachine, ProcessorKey, name, RegistryText, 0, value, ref bytes) == 0
            ? new string(value[..(bytes / sizeof(char))]).TrimEnd('\0')
            : null;
    }

    private static double? RegistryNumber(string name)
    {
        Span<char> value = stackalloc char[2];
        int bytes = value.Length * sizeof(char);
        return RegGetValue(LocalMachine, ProcessorKey, name, RegistryInteger, 0, value, ref bytes) == 0
            ? value[0] | (value[1] << 16)
            : null;
    }

    private const string ProcessorKey = @"HARDWARE\DESCRIPTION\System\CentralProcessor\0";
    private const int RegistryText = 0x2, RegistryInteger = 0x10; // RRF_RT_REG_SZ, RRF_RT_REG_DWORD
    private static readonly nint LocalMachine = unchecked((int)0x80000002); // HKEY_LOCAL_MACHINE

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static unsafe partial bool GetLogicalProcessorInformationEx(int relation, byte* buffer, ref int length);

    [LibraryImport("kernel32")]
    private static partial nint GetCurrentProcess();

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetProcessGroupAffinity(nint process, ref ushort count, Span<ushort> groups);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetProcessAffinityMask(nint process, out nuint processMask, out nuint systemMask);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetNumaAvailableMemoryNodeEx(ushort node, out ulong bytes);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool QueryInformationJobObject(nint job, int kind, out CpuRate rate, int size, nint returned);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GlobalMemoryStatusEx(ref MemoryStatus status);

    [LibraryImport("advapi32", EntryPoint = "RegGetValueW", StringMarshalling = StringMarshalling.Utf16)]
    private static partial int RegGetValue(
        nint root, string key, string name, int flags, nint type, Span<char> value, ref int bytes);

    /// <summary>MEMORYSTATUSEX.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct MemoryStatus
    {
        public uint Length;
        public uint Load;
        public ulong TotalPhysical;
        public ulong AvailablePhysical;
        public ulong TotalPageFile;
        public ulong AvailablePageFile;
        public ulong TotalVirtual;
        public ulong AvailableVirtual;
        public ulong AvailableExtendedVirtual;
    }

    /// <summary>JOBOBJECT_CPU_RATE_CONTROL_INFORMATION: the rate is in hundredths of a per cent.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct CpuRate
    {
        public int Flags;
        public int Rate;
    }
}
