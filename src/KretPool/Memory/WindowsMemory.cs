using System.Runtime.InteropServices;

namespace KretPool.Memory;

/// <summary>Memory on Windows: <c>VirtualAllocExNuma</c>, and <c>QueryWorkingSetEx</c> to ask for the node.</summary>
internal sealed unsafe partial class WindowsMemory : IMemorySystem
{
    private const uint Commit = 0x1000;
    private const uint ReserveRange = 0x2000;
    private const uint LargePages = 0x2000_0000;
    private const uint ReleaseRange = 0x8000;
    private const uint ReadWrite = 0x04;
    private const uint AnyNode = uint.MaxValue;

    public long RoundUp(long length, bool hugePages) => PageMath.RoundUp(
        length, hugePages && GetLargePageMinimum() is var size and > 0 ? (long)size : Environment.SystemPageSize);

    public nint Reserve(long length, int? node, bool hugePages, out string? problem)
    {
        problem = null;
        if (hugePages)
        {
            nint large = Allocate(length, node, LargePages);
            if (large != 0)
            {
                return large;
            }

            problem = $"Large pages were refused: {Marshal.GetLastPInvokeErrorMessage()} "
                + "They need the right to lock pages in memory.";
        }

        nint memory = Allocate(length, node, 0);
        return memory != 0 ? memory : throw new InsufficientMemoryException(
            $"The system gave no {length:N0} bytes of memory: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    // VirtualAllocExNuma took the node already.
    public bool TryBind(nint address, long length, int node, out string? problem)
    {
        problem = null;
        return true;
    }

    public bool TryGetNodes(ReadOnlySpan<nint> pages, Span<int> nodes)
    {
        var entries = new WorkingSetEntry[pages.Length];
        for (int i = 0; i < pages.Length; i++)
        {
            entries[i].Address = pages[i];
        }

        fixed (WorkingSetEntry* first = entries)
        {
            if (!QueryWorkingSetEx(GetCurrentProcess(), first, (uint)(entries.Length * sizeof(WorkingSetEntry))))
            {
                return false;
            }
        }

        for (int i = 0; i < pages.Length; i++)
        {
            nodes[i] = entries[i].Node;
        }

        return true;
    }

    public long HugePageBytes(nint address, long length)
    {
        var entry = new WorkingSetEntry { Address = address };
        return QueryWorkingSetEx(GetCurrentProcess(), &entry, (uint)sizeof(WorkingSetEntry)) && entry.IsLargePage
            ? length
            : 0;
    }

    public void Free(nint address, long length) => VirtualFree(address, 0, ReleaseRange);

    private static nint Allocate(long length, int? node, uint flags) => VirtualAllocExNuma(
        GetCurrentProcess(), 0, (nuint)length, Commit | ReserveRange | flags, ReadWrite, node is { } id ? (uint)id : AnyNode);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial nint VirtualAllocExNuma(
        nint process, nint address, nuint length, uint type, uint protection, uint node);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool VirtualFree(nint address, nuint length, uint type);

    [LibraryImport("kernel32")]
    private static partial nint GetCurrentProcess();

    [LibraryImport("kernel32")]
    private static partial nuint GetLargePageMinimum();

    [LibraryImport("kernel32", EntryPoint = "K32QueryWorkingSetEx", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool QueryWorkingSetEx(nint process, WorkingSetEntry* entries, uint byteCount);

    // PSAPI_WORKING_SET_EX_INFORMATION: bit 0 says whether the rest holds, bits 16 to 21 the node, bit 22 a large page.
    private struct WorkingSetEntry
    {
        public nint Address;
        public nuint Attributes;

        public readonly int Node => (Attributes & 1) != 0 ? (int)((Attributes >> 16) & 0x3F) : -1;

        public readonly bool IsLargePage => (Attributes & 1) != 0 && ((Attributes >> 22) & 1) != 0;
    }
}
