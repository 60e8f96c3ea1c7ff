using System.Runtime.InteropServices;
using KretPool.Memory;
using KretPool.Pools;
using KretPool.Topology;

namespace KretPool.Tests.Memory;

/// <summary>Blocks of native memory, and pools of them.</summary>
public class NativeBlocksTests
{
    private static readonly PoolKind s_kind = PoolKinds.Get("ConcurrentBag");

    [Theory]
    [InlineData(1, 1, 64)]
    [InlineData(24, 8, 64)]
    [InlineData(65, 64, 128)]
    [InlineData(100, 4096, 4096)]
    [InlineData(65536, 65536, 65536)]
    public void Blocks_are_aligned_and_share_no_cache_line(int size, int alignment, int leastStride)
    {
        using var blocks = NativeBlocks.Allocate(10, size, alignment);

        nint[] sorted = [.. blocks.Addresses.ToArray().Order()];
        Assert.Equal(10, blocks.Count);
        Assert.Equal(leastStride, blocks.Stride);
        Assert.All(sorted, block => Assert.Equal(0, block % Math.Max(alignment, 64)));
        Assert.All(sorted.Zip(sorted.Skip(1)), pair => Assert.True(pair.Second - pair.First >= leastStride));
    }

    [Theory]
    [InlineData(0, 64, 64, 0)]
    [InlineData((1 << 24) + 1, 64, 64, (1 << 24) + 1)]
    [InlineData(1, 0, 64, 0)]
    [InlineData(1, 65537, 64, 65537)]
    [InlineData(1, 64, 0, 0)]
    [InlineData(1, 64, 48, 48)]
    [InlineData(1, 64, 1 << 17, 1 << 17)]
    public void A_number_out_of_range_is_refused_and_named(int count, int size, int alignment, int wrong)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => NativeBlocks.Allocate(count, size, alignment));

        Assert.Equal(wrong, error.ActualValue);
        Assert.Throws<ArgumentOutOfRangeException>(() => ObjectPools.CreateNative(s_kind, count, size, alignment));
    }

    [Fact]
    public unsafe void Blocks_in_a_callers_memory_stay_inside_it_and_are_not_freed()
    {
        const int length = 1000;
        byte* memory = (byte*)NativeMemory.Alloc(length);
        try
        {
            var blocks = NativeBlocks.Over((nint)memory, length, blockSize: 100);
            ObjectPools.FromBlocks(s_kind, blocks).Close();

            Assert.InRange(blocks.Count, 6, 7);
            foreach (nint block in blocks.Addresses.Span)
            {
                Assert.InRange(block, (nint)memory, (nint)memory + length - 100);
                new Span<byte>((void*)block, 100).Fill(1);
            }
        }
        finally
        {
            NativeMemory.Free(memory);
        }
    }

    [Fact]
    public void Memory_too_small_for_a_block_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => NativeBlocks.Over(0x1001, 128, blockSize: 100));

        Assert.Equal(128L, error.ActualValue);
        Assert.Throws<ArgumentNullException>(() => NativeBlocks.Over(0, 128, blockSize: 100));
    }

    [Fact]
    public void A_native_pool_frees_its_memory_when_its_last_block_is_back()
    {
        var blocks = NativeBlocks.Allocate(4, 64);
        var pool = ObjectPools.FromBlocks(s_kind, blocks);
        Assert.True(pool.TryRent(out nint block));

        pool.Close();
        Assert.All(blocks.Regions, region => Assert.False(region.IsClosed));
        pool.Return(block);

        Assert.All(blocks.Regions, region => Assert.True(region.IsClosed));
    }

    [Fact]
    public unsafe void A_native_pool_hands_out_memory_that_can_be_written()
    {
        using var pool = ObjectPools.CreateNative(s_kind, 16, 4096, options: new() { Checked = true });
        Assert.True(pool.TryRent(out nint block));

        new Span<byte>((void*)block, 4096).Fill(1);
        pool.Return(block);
    }

    [Fact]
    public void Each_CPUs_share_is_on_its_own_node_or_the_nearest_with_memory()
    {
        var topology = CpuTopology.Current;
        if (topology.Nodes.Count < 2)
        {
            Assert.Skip("This machine has one node.");
        }

        int[] cpus = [.. CpuSet.Parse(topology.AllowedCpus)];
        using var blocks = NativeBlocks.Allocate(cpus.Length * 100, 4000);

        for (int i = 0; i < blocks.Count; i++)
        {
            nint block = blocks.Addresses.Span[i];
            int home = topology.Cpus.First(cpu => cpu.Id == cpus[i / 100]).NodeId!.Value;
            int expected = topology.Nodes.Where(node => node.MemoryTotalBytes is not 0)
                .MinBy(node => node.Id == home ? 0 : topology.Nodes.First(n => n.Id == home).Distances[node.Id])!.Id;
            Assert.Equal(expected, NumaMemory.NodeOf(block));
            Assert.Equal(expected, blocks.NodeOf(block));
        }
    }
}
