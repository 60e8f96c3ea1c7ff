using KretPool.Pools;

namespace KretPool.Tests.Pools;

public class PoolKindsTests
{
    private static readonly string s_thisAssembly = typeof(ThirdPartyStack<>).Assembly.Location;

    [Fact]
    public void A_kind_of_a_third_party_shows_up_with_all_others()
    {
        var kind = PoolKinds.Register(typeof(ThirdPartyStack<>));

        Assert.Contains(kind, PoolKinds.All);
        Assert.Same(kind, PoolKinds.Get("thirdpartySTACK"));
        Assert.Equal(PoolFamily.ThirdParty, kind.Family);
        var item = new object();
        Assert.True(kind.Create(new PoolOptions<object>(new[] { item })).TryRent(out object? rented));
        Assert.Same(item, rented);
    }

    [Theory]
    [InlineData("KretPool.Tests.Pools.ThirdPartyStack")]
    [InlineData("KretPool.Tests.Pools.ThirdPartyStack`1")]
    public void A_kind_is_registered_by_assembly_file_and_type_name(string typeName)
    {
        var kind = PoolKinds.Register(s_thisAssembly, typeName);

        Assert.Equal("ThirdPartyStack", kind.Name);
        Assert.Contains(kind, PoolKinds.All);
    }

    [Fact]
    public void Registering_the_same_class_again_changes_nothing() =>
        Assert.Same(PoolKinds.Register(typeof(ThirdPartyStack<>)), PoolKinds.Register(typeof(ThirdPartyStack<>)));

    [Theory]
    [InlineData(typeof(Unmarked<>), "lacks [PoolKindAttribute]")]
    [InlineData(typeof(NotGeneric), "not generic")]
    [InlineData(typeof(NotAPool<>), "does not implement IObjectPool<T>")]
    [InlineData(typeof(WithoutConstructor<>), "no public constructor")]
    [InlineData(typeof(Abstract<>), "not a public class that can be created")]
    [InlineData(typeof(NotPublic<>), "not a public class that can be created")]
    public void A_class_that_cannot_serve_is_refused_with_the_reason(Type type, string reason)
    {
        var error = Assert.Throws<ArgumentException>(() => PoolKinds.Register(type));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(type.FullName!, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_belongs_to_another_class_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => PoolKinds.Register(typeof(TakesAName<>)));

        Assert.Contains("'freelist'", error.Message, StringComparison.Ordinal);
        Assert.Contains("FreeListPool", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_assembly_file_is_named()
    {
        var error = Assert.Throws<FileNotFoundException>(() => PoolKinds.Register("no/such/Acme.dll", "Acme.Pool"));

        Assert.Contains(Path.GetFullPath("no/such/Acme.dll"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_assembly_is_named()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "no assembly");

            var error = Assert.Throws<ArgumentException>(() => PoolKinds.Register(path, "Acme.Pool"));

            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_missing_type_is_named_with_the_kinds_that_the_assembly_has()
    {
        var error = Assert.Throws<ArgumentException>(() => PoolKinds.Register(s_thisAssembly, "Acme.Pool"));

        Assert.Contains("'Acme.Pool'", error.Message, StringComparison.Ordinal);
        Assert.Contains("KretPool.Tests.Pools.ThirdPartyStack", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_nearest_and_all_known_ones()
    {
        var kinds = PoolKinds.All;
        var error = Assert.ThrowsAny<ArgumentException>(() => PoolKinds.Get("freelst"));

        Assert.Contains("Did you mean 'FreeList'?", error.Message, StringComparison.Ordinal);
        Assert.All(kinds, kind => Assert.Contains(kind.Name, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Values_that_are_no_addresses_cannot_be_pooled()
    {
        var error = Assert.Throws<NotSupportedException>(() => new PoolOptions<int>(Array.Empty<int>()));

        Assert.Contains("System.Int32", error.Message, StringComparison.Ordinal);
    }
}
