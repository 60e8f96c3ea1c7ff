using System.Diagnostics.CodeAnalysis;

namespace KretPool.Pools.Peers;

/// <summary>No pool at all: a rent makes an object, and a return leaves it to the garbage collector.</summary>
/// <remarks>
/// Good at: small objects that are cheap to make, and any number of threads. Bad at: objects that are dear to make or
/// large. It shows what a pool has to beat. The objects that the options bring are not used.
/// </remarks>
/// <typeparam name="T">A reference type.</typeparam>
[PoolKind(
    "NoPool",
    Family = PoolFamily.Peer,
    Progress = PoolProgress.WaitFree,
    AbaAvoidance = "nothing is shared",
    Grows = true,
    Description = "Allocates for each rent and lets the garbage collector work.")]
public sealed class NoPool<T> : PoolBase<T>
{
    private readonly Func<T> _factory;

    /// <summary>Keeps the way to make an object.</summary>
    /// <param name="options">Its factory is needed.</param>
    /// <exception cref="ArgumentException">There is no factory, or the objects are blocks of native memory, which the
    /// garbage collector does not know.</exception>
    public NoPool(PoolOptions<T> options)
        : base(options)
    {
        if (typeof(T).IsValueType)
        {
            throw new ArgumentException(
                "The kind NoPool leaves objects to the garbage collector, which does not free native memory. "
                + "Use another kind for blocks of native memory.",
                nameof(options));
        }

        _factory = options.Factory ?? throw new ArgumentException(
            $"The kind NoPool makes an object for each rent, so it needs a {nameof(options.Factory)}.", nameof(options));
    }

    /// <inheritdoc/>
    public override bool TryRent([MaybeNullWhen(false)] out T item)
    {
        item = _factory();
        return true;
    }

    /// <inheritdoc/>
    public override void Return(T item)
    {
    }
}
