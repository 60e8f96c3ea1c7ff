using KretPool.Peers;
using KretPool.Pools;

namespace KretPool.Tests.Pools.Contract;

/// <summary>Every kind of pool, by name, so that a kind that is added tomorrow is tested tomorrow.</summary>
public static class ContractKinds
{
    static ContractKinds() => PoolKinds.RegisterAll(typeof(DefaultObjectPoolPeer<>).Assembly);

    /// <summary>All kinds.</summary>
    public static TheoryData<string> All => [.. PoolKinds.All.Select(kind => kind.Name)];

    /// <summary>The kinds that neither grow nor strand: a rent misses only if no object is free.</summary>
    public static TheoryData<string> Complete =>
        [.. PoolKinds.All.Where(kind => !kind.Grows && !kind.CanStrand).Select(kind => kind.Name)];

    /// <summary>The kinds that make no object of their own.</summary>
    public static TheoryData<string> Fixed => [.. PoolKinds.All.Where(kind => !kind.Grows).Select(kind => kind.Name)];

    /// <summary>The kinds that make objects when they are empty.</summary>
    public static TheoryData<string> Growing => [.. PoolKinds.All.Where(kind => kind.Grows).Select(kind => kind.Name)];

    /// <summary>Finds a kind.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The kind.</returns>
    public static PoolKind Get(string name) => PoolKinds.Get(name);

    /// <summary>Makes the test skip where a kind refuses native memory and says so.</summary>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <typeparam name="TPool">The type of the pool.</typeparam>
    /// <param name="make">Makes the pool.</param>
    /// <returns>The pool.</returns>
    public static TPool OrSkip<T, TPool>(Func<TPool> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException e) when (typeof(T) == typeof(nint) && e.Message.Contains("native memory"))
        {
            Assert.Skip(e.Message);
            throw;
        }
    }
}
