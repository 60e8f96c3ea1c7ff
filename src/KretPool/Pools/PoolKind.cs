using System.Reflection;

namespace KretPool.Pools;

/// <summary>One algorithm that a pool can run on.</summary>
public sealed class PoolKind
{
    private readonly PoolKindAttribute _facts;

    private PoolKind(Type poolType, PoolKindAttribute facts) => (PoolType, _facts) = (poolType, facts);

    /// <inheritdoc cref="PoolKindAttribute.Name"/>
    public string Name => _facts.Name;

    /// <inheritdoc cref="PoolKindAttribute.PublishedAs"/>
    public string PublishedAs => _facts.PublishedAs;

    /// <inheritdoc cref="PoolKindAttribute.Family"/>
    public PoolFamily Family => _facts.Family;

    /// <inheritdoc cref="PoolKindAttribute.Progress"/>
    public PoolProgress Progress => _facts.Progress;

    /// <inheritdoc cref="PoolKindAttribute.AbaAvoidance"/>
    public string AbaAvoidance => _facts.AbaAvoidance;

    /// <inheritdoc cref="PoolKindAttribute.NumaAware"/>
    public bool NumaAware => _facts.NumaAware;

    /// <inheritdoc cref="PoolKindAttribute.Order"/>
    public PoolOrder Order => _facts.Order;

    /// <inheritdoc cref="PoolKindAttribute.CanStrand"/>
    public bool CanStrand => _facts.CanStrand;

    /// <inheritdoc cref="PoolKindAttribute.Grows"/>
    public bool Grows => _facts.Grows;

    /// <inheritdoc cref="PoolKindAttribute.BytesPerObject"/>
    public int BytesPerObject => _facts.BytesPerObject;

    /// <inheritdoc cref="PoolKindAttribute.BytesPerCpu"/>
    public int BytesPerCpu => _facts.BytesPerCpu;

    /// <inheritdoc cref="PoolKindAttribute.BytesPerObjectPerCpu"/>
    public int BytesPerObjectPerCpu => _facts.BytesPerObjectPerCpu;

    /// <inheritdoc cref="PoolKindAttribute.Description"/>
    public string Description => _facts.Description;

    /// <summary>The generic class that implements the kind, open over the object type.</summary>
    public Type PoolType { get; }

    /// <summary>Reads a kind from a class that carries <see cref="PoolKindAttribute"/>.</summary>
    /// <param name="poolType">The open generic class.</param>
    /// <returns>The kind.</returns>
    /// <exception cref="ArgumentException">The class cannot serve as a kind; the message says why.</exception>
    public static PoolKind From(Type poolType)
    {
        ArgumentNullException.ThrowIfNull(poolType);
        var facts = poolType.GetCustomAttribute<PoolKindAttribute>()
            ?? throw Unfit(poolType, $"it lacks [{nameof(PoolKindAttribute)}]");
        if (!poolType.IsGenericTypeDefinition || poolType.GetGenericArguments().Length != 1)
        {
            throw Unfit(poolType, "it is not generic over the object type alone");
        }

        if (!poolType.IsVisible || poolType.IsAbstract)
        {
            throw Unfit(poolType, "it is not a public class that can be created");
        }

        Type argument = poolType.GetGenericArguments()[0];
        if (!poolType.GetInterfaces().Contains(typeof(IObjectPool<>).MakeGenericType(argument)))
        {
            throw Unfit(poolType, "it does not implement IObjectPool<T>");
        }

        if (poolType.GetConstructor([typeof(PoolOptions<>).MakeGenericType(argument)]) is null)
        {
            throw Unfit(poolType, "it has no public constructor that takes a PoolOptions<T>");
        }

        return new PoolKind(poolType, facts);
    }

    /// <summary>Makes a bare pool of this kind, without the checks and the lifetime of <see cref="ObjectPool{T}"/>.</summary>
    /// <typeparam name="T">A reference type, or <see cref="nint"/>.</typeparam>
    /// <param name="options">What the pool is built from.</param>
    /// <returns>The pool, with every object free.</returns>
    public IObjectPool<T> Create<T>(PoolOptions<T> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            return (IObjectPool<T>)Activator.CreateInstance(PoolType.MakeGenericType(typeof(T)), options)!;
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerException);
            throw;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static ArgumentException Unfit(Type type, string why) =>
        new($"{type.FullName} cannot be registered as a kind of pool: {why}.", nameof(type));
}
