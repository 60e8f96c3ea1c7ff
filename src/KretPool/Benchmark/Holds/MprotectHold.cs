using System.ComponentModel;
using System.Runtime.InteropServices;
using KretPool.Memory;

namespace KretPool.Benchmark.Holds;

/// <summary>Makes a page of the thread's own read-only, and writable again.</summary>
internal readonly unsafe partial struct MprotectHold : IHold
{
    private readonly NumaMemory _memory;
    private readonly byte* _page;

    /// <summary>Allocates the page, and protects it once to see that it can be protected.</summary>
    /// <exception cref="Win32Exception">It cannot.</exception>
    public MprotectHold()
    {
        _memory = NumaMemory.Allocate(PageSize);
        _page = (byte*)_memory.Address;
        if (!TryPass())
        {
            var error = new Win32Exception(Marshal.GetLastPInvokeError());
            Dispose();
            throw error;
        }
    }

    /// <inheritdoc/>
    public int TurnsPerCheck => 4;

    private static int PageSize => Environment.SystemPageSize;

    /// <inheritdoc/>
    public void Pass() => TryPass();

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private bool TryPass()
    {
        if (OperatingSystem.IsWindows())
        {
            const int ReadOnly = 2, ReadWrite = 4;
            return VirtualProtect(_page, PageSize, ReadOnly, out _) != 0 && VirtualProtect(_page, PageSize, ReadWrite, out _) != 0;
        }

        const int Read = 1, Write = 2;
        return Protect(_page, PageSize, Read) == 0 && Protect(_page, PageSize, Read | Write) == 0;
    }

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(byte* address, nint length, int protection);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial int VirtualProtect(byte* address, nint length, int protection, out int before);
}
