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
}
