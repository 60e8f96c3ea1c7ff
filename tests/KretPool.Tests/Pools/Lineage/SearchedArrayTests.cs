using KretPool.Pools;
using KretPool.Pools.Lineage;

namespace KretPool.Tests.Pools.Lineage;

/// <summary>What the kinds that search one array promise about where they search.</summary>
public class SearchedArrayTests
{
    [Theory]
    [InlineData("StridedArray", 8)]
    [InlineData("PaddedArray", 8)]
    [InlineData("CoreStridedArray", 16)]
    [InlineData("ZigZagArray", 1)]
    public void Each_CPU_begins_at_a_place_of_its_own(string kind, int distance)
    {
        // As many places as objects, so that object n is at place n.
        var pool = LineageScene.Pool(kind, capacity: 64, cpuCount: 4);
        for (int cpu = 0; cpu < 4; cpu++)
        {
            Assert.Equal(cpu * distance, LineageScene.OnCpu(cpu, pool.Rent).Number);
        }
    }

    [Theory]
    [InlineData("StridedArray")]
    [InlineData("PaddedArray")]
    [InlineData("CoreStridedArray")]
    [InlineData("ZigZagArray")]
    public void A_search_goes_round_the_end(string kind)
    {
        var pool = LineageScene.Pool(kind, capacity: 64, cpuCount: 4);

        int[] numbers = LineageScene.OnCpu(3, pool.Drain).Numbers();

        int first = numbers[0];
        Assert.Equal([.. Enumerable.Range(first, 64 - first), .. Enumerable.Range(0, first)], numbers);
    }

    [Fact]
    public void CoreStridedArray_has_a_cache_line_for_each_CPU_however_few_the_objects()
    {
        long few = Bytes("CoreStridedArray", capacity: 1);

        Assert.Equal(Bytes("StridedArray", capacity: 1) + ((32 - 1) * sizeof(long)), few);

        static long Bytes(string kind, int capacity) =>
            ((IPoolMetrics)LineageScene.Pool(kind, capacity, cpuCount: 4)).PoolBytes;
    }

    [Fact]
    public void HintedArray_goes_on_where_its_CPU_last_found_or_left_an_object()
    {
        var pool = LineageScene.Pool("HintedArray", capacity: 64, cpuCount: 4);
        var (first, second) = LineageScene.OnCpu(1, () => (pool.Rent(), pool.Rent()));

        LineageScene.OnCpu(1, () => pool.Return(first));

        Assert.Equal((8, 9), (first.Number, second.Number));
        Assert.Same(first, LineageScene.OnCpu(1, pool.Rent));
        Assert.Equal(10, LineageScene.OnCpu(1, pool.Rent).Number);
        Assert.Equal(0, LineageScene.OnCpu(0, pool.Rent).Number);
    }

    [Fact]
    public void RandomArray_begins_at_different_places()
    {
        var pool = LineageScene.Pool("RandomArray", capacity: 64);
        var seen = new HashSet<Numbered>();
        for (int i = 0; i < 100; i++)
        {
            var item = pool.Rent();
            seen.Add(item);
            pool.Return(item);
        }

        Assert.InRange(seen.Count, 10, 64);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(1000)]
    public void ZigZagArray_gives_each_place_a_slot_of_its_own(int capacity)
    {
        var order = ZigZagOrder.For(capacity);
        int length = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)capacity);

        int[] indexes = [.. Enumerable.Range(0, length).Select(order.IndexOf)];

        Assert.Equal(Enumerable.Range(0, length), indexes.Order());
    }

    [Fact]
    public void ZigZagArray_puts_neighbouring_places_on_different_cache_lines()
    {
        var order = ZigZagOrder.For(1024);
        int[] lines = [.. Enumerable.Range(0, 1024).Select(place => order.IndexOf(place) / 8)];

        Assert.All(lines.Zip(lines.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.Equal(8, lines.Take(8).Distinct().Count());
    }

    [Fact]
    public void PaddedArray_gives_each_place_a_cache_line() =>
        Assert.Equal(64, default(PaddedOrder).IndexOf(1) * sizeof(long));

    [Theory]
    [InlineData("StridedArray")]
    [InlineData("CoreStridedArray")]
    [InlineData("PaddedArray")]
    [InlineData("HintedArray")]
    [InlineData("RandomArray")]
    [InlineData("ZigZagArray")]
    public void A_bulk_takes_all_there_are_and_counts_one_miss_if_they_are_too_few(string kind)
    {
        var pool = LineageScene.Pool(kind, capacity: 5);
        var items = new Numbered[6];

        Assert.Equal(5, pool.Rent(items));
        Assert.Equal(1, ((IPoolMetrics)pool).GetStatistics().Misses);
        pool.Return(items.AsSpan(0, 5));
        Assert.Equal(5, pool.Rent(items.AsSpan(0, 5)));
        Assert.Equal(1, ((IPoolMetrics)pool).GetStatistics().Misses);
    }
}
