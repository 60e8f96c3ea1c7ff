using System.Runtime.InteropServices;

namespace KretPool.Memory;

/// <summary>Memory on a system that has no nodes to choose from.</summary>
internal sealed unsafe class PlainMemory : IMemorySystem
{
    public long RoundUp(long length, bool hugePages) => PageMath.RoundUp(length, Environment.SystemPageSize);

    public nint Reserve(long length, int? node, bool hugePages, out string? problem)
    {
        problem = null;
        void* memory = NativeMemory.AlignedAlloc((nuint)length, (nuint)Environment.SystemPageSize);
        NativeMemory.Clear(memory, (nuint)length);
        return (nint)memory;
    }

    public bool TryBind(nint address, long length, int node, out string? problem)
    {
        problem = "This system does not bind memory to nodes.";
        return false;
    }

    public bool TryGetNodes(ReadOnlySpan<nint> pages, Span<int> nodes) => false;

    public long HugePageBytes(nint address, long length) => 0;

    public void Free(nint address, long length) => NativeMemory.AlignedFree((void*)address);
}
