using System.Globalization;
using System.Runtime.InteropServices;

namespace KretPool.Memory;

/// <summary>Memory on Linux: <c>mmap</c>, <c>mbind</c>, <c>madvise</c> and <c>move_pages</c>, without libnuma.</summary>
/// <remarks>Sources: mbind(2), move_pages(2), madvise(2); numbers of system calls from the kernel's tables.</remarks>
internal sealed unsafe partial class LinuxMemory : IMemorySystem
{
    private const int HugePageSize = 2 << 20;
    private const int ReadWrite = 1 | 2;
    private const int PrivateAnonymous = 0x02 | 0x20;
    private const int AdviseHugePages = 14;

    // Preferred, not bound: when the node is full the kernel goes on with the next one, where a bound process would be
    // killed. The node is asked for afterwards, so nothing is hidden.
    private const int PolicyPreferred = 1;

    private static readonly nint s_failed = -1;

    private static (long Mbind, long MovePages) CallNumbers => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => (237, 279),
        Architecture.Arm64 => (235, 239),
        _ => (-1, -1),
    };

    public long RoundUp(long length, bool hugePages) =>
        PageMath.RoundUp(length, hugePages ? HugePageSize : Environment.SystemPageSize);

    public nint Reserve(long length, int? node, bool hugePages, out string? problem)
    {
        problem = null;
        if (!hugePages)
        {
            return Map(length);
        }

        // A huge page has to start at a multiple of its size: take one more, and give back what is over on both sides.
        nint start = Map(length + HugePageSize);
        nint aligned = (nint)PageMath.RoundUp(start, HugePageSize);
        Unmap(start, aligned - start);
        Unmap(aligned + (nint)length, start + HugePageSize - aligned);
        if (madvise(aligned, (nuint)length, AdviseHugePages) != 0)
        {
            problem = $"madvise was refused: {LastError}.";
        }

        return aligned;
    }

    public bool TryBind(nint address, long length, int node, out string? problem)
    {
        // One bit more than the mask is said to have, because the kernel takes one off.
        ulong[] mask = new ulong[(node / 64) + 1];
        mask[node / 64] = 1UL << (node % 64);
        fixed (ulong* bits = mask)
        {
            long result = syscall(
                CallNumbers.Mbind, address, (nint)length, PolicyPreferred, (nint)bits, (mask.Length * 64) + 1, 0);
            problem = result == 0 ? null : $"mbind to node {node} was refused: {LastError}.";
            return result == 0;
        }
    }

    public bool TryGetNodes(ReadOnlySpan<nint> pages, Span<int> nodes)
    {
        fixed (nint* addresses = pages)
        fixed (int* status = nodes)
        {
            // Without target nodes nothing is moved, and the status of each page is its node or a negative error.
            return syscall(CallNumbers.MovePages, 0, pages.Length, (nint)addresses, 0, (nint)status, 0) == 0;
        }
    }

    // The kernel may have merged the range with a neighbour, so the entry that holds the start is what counts.
    public long HugePageBytes(nint address, long length)
    {
        bool inside = false;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            if (line.Length > 0 && char.IsAsciiHexDigitLower(line[0]) && line.IndexOf('-') is var dash and > 0)
            {
                long start = ParseHex(line.AsSpan(0, dash));
                long end = ParseHex(line.AsSpan(dash + 1, line.IndexOf(' ') - dash - 1));
                inside = start <= address && address < end;
            }
            else if (inside && line.StartsWith("AnonHugePages:", StringComparison.Ordinal))
            {
                string kibibytes = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
                return Math.Min(length, 1024 * long.Parse(kibibytes, CultureInfo.InvariantCulture));
            }
        }

        return 0;
    }

    public void Free(nint address, long length) => Unmap(address, (nint)length);

    private static string LastError => Marshal.GetLastPInvokeErrorMessage();

    private static nint Map(long length)
    {
        nint address = mmap(0, (nuint)length, ReadWrite, PrivateAnonymous, -1, 0);
        return address != s_failed ? address : throw new InsufficientMemoryException(
            $"The system gave no {length:N0} bytes of memory: {LastError}.");
    }

    private static void Unmap(nint address, nint length)
    {
        if (length > 0)
        {
            munmap(address, (nuint)length);
        }
    }

    private static long ParseHex(ReadOnlySpan<char> text) =>
        long.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint mmap(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int munmap(nint address, nuint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int madvise(nint address, nuint length, int advice);

    [LibraryImport("libc", SetLastError = true)]
    private static partial long syscall(long number, nint a, nint b, nint c, nint d, nint e, nint f);
}
