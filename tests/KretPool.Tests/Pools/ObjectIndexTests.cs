using KretPool.Pools;

namespace KretPool.Tests.Pools;

public class ObjectIndexTests
{
    [Fact]
    public void Every_object_is_found_by_its_number_and_no_other()
    {
        object[] objects = [.. Enumerable.Range(0, 10_000).Select(_ => new object())];
        var index = new ObjectIndex<object>(objects);

        Assert.All(Enumerable.Range(0, objects.Length), i => Assert.Equal(i, index.Find(objects[i])));
        Assert.Same(objects[77], index[77]);
        Assert.Equal(-1, index.Find(new object()));
        Assert.Equal(-1, index.Find(null!));
    }

    [Fact]
    public void Blocks_of_native_memory_are_found_by_their_address()
    {
        nint[] blocks = [.. Enumerable.Range(1, 10_000).Select(i => (nint)i * 64)];
        var index = new ObjectIndex<nint>(blocks);

        Assert.All(Enumerable.Range(0, blocks.Length), i => Assert.Equal(i, index.Find(blocks[i])));
        Assert.Equal(-1, index.Find(65));
        Assert.Equal(-1, index.Find(0));
    }

    [Fact]
    public void Equal_objects_are_told_apart()
    {
        string[] objects = [new('a', 3), new('a', 3)];
        var index = new ObjectIndex<string>(objects);

        Assert.Equal((0, 1), (index.Find(objects[0]), index.Find(objects[1])));
        Assert.Equal(-1, index.Find(new string('a', 3)));
    }

    [Fact]
    public void An_object_that_comes_twice_and_a_null_are_refused_and_named()
    {
        var one = new object();

        Assert.Contains("Object 2", Refusal(one, new object(), one), StringComparison.Ordinal);
        Assert.Contains("Object 1 is null", Refusal(one, null!), StringComparison.Ordinal);

        static string Refusal(params object[] objects) =>
            Assert.Throws<ArgumentException>(() => new ObjectIndex<object>(objects)).Message;
    }
}
