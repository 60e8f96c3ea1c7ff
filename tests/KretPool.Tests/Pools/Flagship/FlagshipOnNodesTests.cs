using KretPool.Memory;
using KretPool.Placement;
using KretPool.Pools;
using KretPool.Topology;

namespace KretPool.Tests.Pools.Flagship;

/// <summary>
/// The flagship on a machine with several NUMA nodes: threads are pinned to real CPUs, and the system is asked where a
/// block really is. On a machine with one node there is nothing to tell apart, and the tests say so.
/// </summary>
public sealed class FlagshipOnNodesTests : IDisposable
{
    // Few enough that all that is left for a node finds room there.
    private const int BlocksPerCpu = 4;

    private readonly CpuTopology _topology = CpuTopology.Current;
    private readonly List<ParkedThread> _threads = [];

    /// <summary>The nodes that a thread can run on.</summary>
    private int[] NodesWithCpus => [.. _topology.Nodes.Where(node => CpusOf(node.Id).Count > 0).Select(node => node.Id)];

    [Fact]
    public void Blocks_come_from_the_threads_node_first_and_then_from_the_nearest()
    {
        RequireNodes();
        foreach (int node in NodesWithCpus)
        {
            using var blocks = NativeBlocks.Allocate(BlocksPerCpu * Cpus.Count, 4096);
            using var pool = NewPool(blocks.Addresses, blocks.NodeOf);

            nint[] rented = OnNode(node, () => RentAll(pool));

            Assert.Equal(blocks.Count, rented.Length);
            AssertNearestFirst(node, rented);
        }
    }

    [Fact]
    public void A_block_that_another_node_returns_is_the_first_thing_that_its_own_node_gets()
    {
        RequireNodes();
        int[] nodes = NodesWithCpus;
        using var blocks = NativeBlocks.Allocate(BlocksPerCpu * Cpus.Count, 4096);
        using var pool = NewPool(blocks.Addresses, blocks.NodeOf);
        nint[] all = OnNode(nodes[0], () =>
        {
            nint[] rented = RentAll(pool);
            Array.ForEach(rented, pool.Return);
            return rented;
        });

        foreach (int node in nodes.Skip(1))
        {
            int atHome = all.Count(block => NumaMemory.NodeOf(block) == node);
            nint[] rented = OnNode(node, () =>
            {
                nint[] some = [.. Enumerable.Range(0, atHome).Select(_ => Rent(pool))];
                Array.ForEach(some, pool.Return);
                return some;
            });

            Assert.All(rented, block => Assert.Equal(node, NumaMemory.NodeOf(block)));
        }
    }

    [Fact]
    public void Steals_go_to_the_nearest_node_first()
    {
        RequireNodes();
        int[] nodes = NodesWithCpus;
        foreach (int node in nodes)
        {
            using var blocks = NativeBlocks.Allocate(BlocksPerCpu * Cpus.Count, 4096);
            using var pool = NewPool(blocks.Addresses, blocks.NodeOf);

            // A thread on each node keeps its node's blocks in its own magazine.
            foreach (int owner in nodes)
            {
                int atHome = blocks.Addresses.ToArray().Count(block => blocks.NodeOf(block) == owner);
                OnNode(owner, () =>
                {
                    nint[] some = [.. Enumerable.Range(0, atHome).Select(_ => Rent(pool))];
                    Array.ForEach(some, pool.Return);
                    return some;
                });
            }

            long stolenBefore = pool.GetStatistics().Steals!.Value;
            nint[] stolen = OnNode(node, () => RentAll(pool));

            Assert.Equal(blocks.Count, stolen.Length);
            AssertNearestFirst(node, stolen);
            Assert.True(pool.GetStatistics().Steals > stolenBefore);
        }
    }

    [Fact]
    public void Blocks_on_a_node_without_CPUs_are_handed_out_and_taken_back()
    {
        NumaNode[] remote = [.. _topology.Nodes.Where(node => CpusOf(node.Id).Count == 0 && node.MemoryTotalBytes is not 0)];
        if (remote.Length == 0)
        {
            Assert.Skip("Every node with memory has CPUs on this machine.");
        }

        using var memory = NumaMemory.Allocate(16 * 4096, remote[0].Id);
        nint[] addresses = [.. Enumerable.Range(0, 16).Select(i => memory.Address + (nint)(i * 4096))];
        Assert.All(addresses, block => Assert.Equal(remote[0].Id, NumaMemory.NodeOf(block)));
        using var pool = NewPool(addresses, _ => remote[0].Id);

        foreach (int node in NodesWithCpus)
        {
            nint[] rented = OnNode(node, () =>
            {
                nint[] all = RentAll(pool);
                Array.ForEach(all, pool.Return);
                return all;
            });

            Assert.Equal(addresses, rented.Order());
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _threads.ForEach(thread => thread.Dispose());

    private static KretPool<nint> NewPool(ReadOnlyMemory<nint> blocks, Func<nint, int> nodeOf) =>
        new(new PoolOptions<nint>(blocks) { NodeOf = nodeOf });

    private static nint Rent(KretPool<nint> pool) =>
        pool.TryRent(out nint block) ? block : throw new InvalidOperationException("A rent missed while blocks were free.");

    private static nint[] RentAll(KretPool<nint> pool)
    {
        var rented = new List<nint>();
        while (pool.TryRent(out nint block))
        {
            rented.Add(block);
        }

        return [.. rented];
    }

    private CpuSet Cpus => CpuSet.Parse(_topology.AllowedCpus);

    private CpuSet CpusOf(int node) => CpuSet.Parse(_topology.Nodes.First(known => known.Id == node).Cpus).Intersect(Cpus);

    private void RequireNodes()
    {
        if (NodesWithCpus.Length < 2)
        {
            Assert.Skip("This machine has one node with CPUs.");
        }
    }

    // The thread lives on, so that nobody takes over what it keeps.
    private nint[] OnNode(int node, Func<nint[]> body)
    {
        nint[] result = [];
        _threads.Add(new ParkedThread(() =>
        {
            using var pinned = ThreadAffinity.Pin(CpusOf(node));
            Assert.Null(pinned.Problem);
            result = body();
        }));
        return result;
    }

    private void AssertNearestFirst(int node, nint[] blocks)
    {
        var distances = _topology.Nodes.First(known => known.Id == node).Distances;
        int[] inOrder = [.. blocks.Select(block => NumaMemory.NodeOf(block)!.Value).Select(home => home == node ? 0 : distances[home])];
        Assert.Equal(inOrder.Order(), inOrder);
    }
}
