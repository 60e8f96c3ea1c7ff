using System.Numerics;
using KretPool.Topology;

namespace KretPool.Memory;

/// <summary>
/// Blocks of native memory of one size, each on cache lines of its own: in memory that the caller owns, or in memory
/// that is allocated here, each CPU's share on that CPU's own node.
/// </summary>
/// <remarks>Safe to read from any thread. Disposing frees memory that was allocated here; no block may be used then.</remarks>
public sealed class NativeBlocks : IDisposable
{
    /// <summary>The largest block: 64 KiB.</summary>
    public const int MaxBlockSize = 64 << 10;

    /// <summary>The largest alignment: 64 KiB.</summary>
    public const int MaxAlignment = 64 << 10;

    private const int UsualLineSize = 64;

    private readonly nint[] _addresses;

    private NativeBlocks(int blockSize, int stride, nint[] addresses, IReadOnlyList<NumaMemory> regions) =>
        (BlockSize, Stride, _addresses, Regions) = (blockSize, stride, addresses, regions);

    /// <summary>Where each block starts. The share of each CPU lies together, in the order of CPU ids.</summary>
    public ReadOnlyMemory<nint> Addresses => _addresses;

    /// <summary>How many blocks there are.</summary>
    public int Count => _addresses.Length;

    /// <summary>Bytes of a block that may be used.</summary>
    public int BlockSize { get; }

    /// <summary>Bytes from one block to the next: the size, rounded up to whole cache lines and to the alignment.</summary>
    public int Stride { get; }

    /// <summary>The memory that was allocated, by node, with what was asked for and what was had; empty if the caller owns it.</summary>
    public IReadOnlyList<NumaMemory> Regions { get; }

    /// <summary>Allocates blocks, each CPU's share on its own node.</summary>
    /// <param name="count">How many blocks, from 1 to 2^24.</param>
    /// <param name="blockSize">Bytes of a block, from 1 to <see cref="MaxBlockSize"/>.</param>
    /// <param name="alignment">What a block's address is a multiple of: a power of two up to <see cref="MaxAlignment"/>.
    /// A block is aligned to a cache line at least.</param>
    /// <param name="hugePages">Whether to use huge pages where the system gives them.</param>
    /// <param name="topology">The machine; null for this one.</param>
    /// <returns>The blocks, zeroed. <see cref="Regions"/> tells where they really are.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="InsufficientMemoryException">The system has not that much memory.</exception>
    public static NativeBlocks Allocate(
        int count, int blockSize, int alignment = UsualLineSize, bool hugePages = false, CpuTopology? topology = null)
    {
        topology ??= CpuTopology.Current;
        RequireCount(count);
        int line = LineSize(topology);
        int stride = StrideOf(blockSize, alignment, line);
        int start = Math.Max(alignment, line);

        int?[] nodes = NodeOfEachBlock(count, topology);
        var addresses = new nint[count];
        var regions = new List<NumaMemory>();
        try
        {
            foreach (var share in Enumerable.Range(0, count).GroupBy(block => nodes[block]))
            {
                int[] blocks = [.. share];
                var memory = NumaMemory.Allocate(((long)blocks.Length * stride) + start, share.Key, hugePages, topology);
                regions.Add(memory);
                nint next = (nint)PageMath.RoundUp(memory.Address, start);
                foreach (int block in blocks)
                {
                    addresses[block] = next;
                    next += stride;
                }
            }
        }
        catch
        {
            regions.ForEach(memory => memory.Dispose());
            throw;
        }

        return new NativeBlocks(blockSize, stride, addresses, regions);
    }

    /// <summary>Lays blocks over memory that the caller owns and keeps until they are no longer used.</summary>
    /// <param name="address">Where the memory starts.</param>
    /// <param name="length">How many bytes there are.</param>
    /// <param name="blockSize">Bytes of a block, from 1 to <see cref="MaxBlockSize"/>.</param>
    /// <param name="alignment">What a block's address is a multiple of: a power of two up to <see cref="MaxAlignment"/>.
    /// A block is aligned to a cache line at least.</param>
    /// <returns>As many blocks as fit, up to 2^24.</returns>
    /// <exception cref="ArgumentNullException">The address is 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range, or not one block fits.</exception>
    public static NativeBlocks Over(nint address, long length, int blockSize, int alignment = UsualLineSize)
    {
        if (address == 0)
        {
            throw new ArgumentNullException(nameof(address), "Blocks need memory to lie in; the address is 0.");
        }

        int line = LineSize(CpuTopology.Current);
        int stride = StrideOf(blockSize, alignment, line);
        nint first = (nint)PageMath.RoundUp(address, Math.Max(alignment, line));
        long count = (length - (first - address)) / stride;
        if (count < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(length), length, $"Not one block fits: aligned blocks of {blockSize} bytes take {stride} bytes each, "
                + $"and the first multiple of the alignment is {first - address} bytes into the memory.");
        }

        nint[] addresses =
            [.. Enumerable.Range(0, (int)Math.Min(count, Pools.PoolOptions<nint>.MaxCapacity)).Select(i => first + ((nint)i * stride))];
        return new NativeBlocks(blockSize, stride, addresses, []);
    }

    /// <summary>The node that a block is on.</summary>
    /// <param name="block">The address of a block.</param>
    /// <returns>The node's id, or -1 if it is unknown, as in memory that the caller owns.</returns>
    public int NodeOf(nint block)
    {
        foreach (var region in Regions)
        {
            if (block >= region.Address && block < region.Address + (nint)region.Length)
            {
                return region.Node ?? -1;
            }
        }

        return -1;
    }

    /// <summary>Frees the memory, unless the caller owns it.</summary>
    public void Dispose()
    {
        foreach (var region in Regions)
        {
            region.Dispose();
        }
    }

    // Equal shares for the CPUs that the process may run on, as pools that are divided by CPU deal them out.
    private static int?[] NodeOfEachBlock(int count, CpuTopology topology)
    {
        var nodeOfCpu = topology.Cpus.ToDictionary(cpu => cpu.Id, cpu => cpu.NodeId);
        int?[] nodes = [.. CpuSet.Parse(topology.AllowedCpus).Select(cpu => nodeOfCpu.GetValueOrDefault(cpu))];
        return nodes.Length == 0
            ? new int?[count]
            : [.. Enumerable.Range(0, count).Select(block => nodes[(long)block * nodes.Length / count])];
    }

    private static void RequireCount(int count)
    {
        if (count is < 1 or > Pools.PoolOptions<nint>.MaxCapacity)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), count, $"There can be from 1 to {Pools.PoolOptions<nint>.MaxCapacity} blocks.");
        }
    }

    private static int StrideOf(int blockSize, int alignment, int line)
    {
        if (blockSize is < 1 or > MaxBlockSize)
        {
            throw new ArgumentOutOfRangeException(
                nameof(blockSize), blockSize, $"A block is from 1 to {MaxBlockSize} bytes.");
        }

        if (alignment is < 1 or > MaxAlignment || !BitOperations.IsPow2(alignment))
        {
            throw new ArgumentOutOfRangeException(
                nameof(alignment), alignment, $"An alignment is a power of two from 1 to {MaxAlignment}.");
        }

        return (int)PageMath.RoundUp(blockSize, Math.Max(alignment, line));
    }

    // The largest of the data caches', since it is what two CPUs contend for.
    private static int LineSize(CpuTopology topology)
    {
        int told = topology.Caches.Max(cache => cache.LineSize) ?? UsualLineSize;
        return BitOperations.IsPow2(told) && told <= MaxAlignment ? Math.Max(told, UsualLineSize) : UsualLineSize;
    }
}
