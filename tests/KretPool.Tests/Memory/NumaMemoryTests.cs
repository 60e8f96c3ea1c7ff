using KretPool.Memory;
using KretPool.Topology;

namespace KretPool.Tests.Memory;

/// <summary>Memory of whole pages, on a node if one is asked for.</summary>
public class NumaMemoryTests
{
    [Fact]
    public void Memory_is_zero_and_whole_pages_and_can_be_written()
    {
        using var memory = NumaMemory.Allocate(100_000);

        Assert.Equal(0, memory.Length % Environment.SystemPageSize);
        Assert.InRange(memory.Length, 100_000, 100_000 + Environment.SystemPageSize);
        Assert.Equal(-1, Bytes(memory).IndexOfAnyExcept((byte)0));
        Bytes(memory).Fill(1);
    }

    [Fact]
    public void Freed_memory_is_closed_and_can_be_freed_again()
    {
        var memory = NumaMemory.Allocate(1);

        memory.Dispose();
        memory.Dispose();

        Assert.True(memory.IsClosed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_length_that_is_not_positive_is_refused(long length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NumaMemory.Allocate(length));

    [Fact]
    public void More_memory_than_there_is_is_refused_and_the_length_named()
    {
        var error = Assert.Throws<InsufficientMemoryException>(() => NumaMemory.Allocate(1L << 60));

        Assert.Contains("1,152,921,504,606,846,976", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_the_machine_does_not_have_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => NumaMemory.Allocate(1, node: 999));

        Assert.Equal(999, error.ActualValue);
    }

    [Fact]
    public void Huge_pages_are_had_or_the_reason_is_told()
    {
        using var memory = NumaMemory.Allocate(8 << 20, hugePages: true);

        Assert.True(memory.HugePageBytes > 0 || memory.Problem is not null);
        Assert.InRange(memory.HugePageBytes, 0, memory.Length);
    }

    [Fact]
    public void Memory_comes_from_the_node_that_was_asked_for()
    {
        int[] nodes = NodesWithMemory();
        foreach (int node in nodes)
        {
            using var memory = NumaMemory.Allocate(1 << 20, node);

            Assert.Equal(node, memory.Node);
            Assert.Null(memory.Problem);
            Assert.Equal(node, NumaMemory.NodeOf(memory.Address));
            Assert.Equal(node, NumaMemory.NodeOf(memory.Address + (nint)memory.Length - 1));
        }
    }

    [Fact]
    public void A_node_without_memory_gets_it_from_the_nearest_and_says_so()
    {
        var topology = CpuTopology.Current;
        var poor = topology.Nodes.FirstOrDefault(node => node.MemoryTotalBytes == 0);
        if (poor is null)
        {
            Assert.Skip("Every node of this machine has memory.");
        }

        int nearest = topology.Nodes.Where(node => node.MemoryTotalBytes > 0).MinBy(node => poor.Distances[node.Id])!.Id;

        using var memory = NumaMemory.Allocate(1 << 20, poor.Id);

        Assert.Equal(nearest, memory.Node);
        Assert.Contains($"node {nearest} is the nearest", memory.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_node_of_an_address_where_nothing_is_is_unknown() => Assert.Null(NumaMemory.NodeOf(16));

    private static unsafe Span<byte> Bytes(NumaMemory memory) => new((void*)memory.Address, (int)memory.Length);

    private static int[] NodesWithMemory()
    {
        int[] nodes = [.. CpuTopology.Current.Nodes.Where(node => node.MemoryTotalBytes is not 0).Select(node => node.Id)];
        if (nodes.Length < 2)
        {
            Assert.Skip("This machine has one node with memory.");
        }

        return nodes;
    }
}
