using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace KretPool.Pools;

/// <summary>The kinds of pool that can be named: the engine's own and those registered from outside.</summary>
public static class PoolKinds
{
    private static ImmutableSortedDictionary<string, PoolKind> s_kinds = Scan(typeof(PoolKinds).Assembly)
        .ToImmutableSortedDictionary(kind => kind.Name, kind => kind, StringComparer.OrdinalIgnoreCase);

    /// <summary>All kinds, in the order of their names.</summary>
    public static IReadOnlyList<PoolKind> All => [.. Volatile.Read(ref s_kinds).Values];

    /// <summary>Finds a kind by name; case does not matter.</summary>
    /// <param name="name">The name.</param>
    /// <param name="kind">The kind.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryGet(string name, [NotNullWhen(true)] out PoolKind? kind) =>
        Volatile.Read(ref s_kinds).TryGetValue(name, out kind);

    /// <summary>Finds a kind by name; case does not matter.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The kind.</returns>
    /// <exception cref="UnknownPoolKindException">There is none.</exception>
    public static PoolKind Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TryGet(name, out var kind) ? kind : throw new UnknownPoolKindException(name, All);
    }

    /// <summary>Registers the kind that a class implements. Registering the same class again does nothing.</summary>
    /// <param name="poolType">The open generic class, marked with <see cref="PoolKindAttribute"/>.</param>
    /// <returns>The kind.</returns>
    /// <exception cref="ArgumentException">The class cannot serve as a kind, or the name belongs to another class.</exception>
    public static PoolKind Register(Type poolType)
    {
        var added = PoolKind.From(poolType);
        var kind = ImmutableInterlocked.Update(
            ref s_kinds, kinds => kinds.ContainsKey(added.Name) ? kinds : kinds.Add(added.Name, added))
                ? added
                : s_kinds[added.Name];
        return kind.PoolType == poolType
            ? kind
            : throw new ArgumentException(
                $"The kind '{added.Name}' of {poolType.FullName} is already registered by {kind.PoolType.FullName}.",
                nameof(poolType));
    }

    /// <summary>Registers the kind that a class of an assembly file implements.</summary>
    /// <param name="assemblyPath">The assembly file. It is loaded for as long as the process lives.</param>
    /// <param name="typeName">The full name of the open generic class, with or without the arity: <c>Acme.RingPool</c>
    /// or <c>Acme.RingPool`1</c>. Case matters.</param>
    /// <returns>The kind.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentException">The file is not a .NET assembly that can be loaded, it has no such class, the
    /// class cannot serve as a kind, or the name belongs to another class.</exception>
    public static PoolKind Register(string assemblyPath, string typeName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(assemblyPath);
        ArgumentException.ThrowIfNullOrWhiteSpace(typeName);
        var assembly = Load(assemblyPath);
        const string arity = "`1";
        var poolType = assembly.GetType(typeName) ?? assembly.GetType(typeName + arity);
        if (poolType is null)
        {
            string[] marked = [.. MarkedTypes(assembly).Select(type => type.FullName!.Replace(arity, "", StringComparison.Ordinal))];
            throw new ArgumentException(
                $"{assembly.Location} has no class '{typeName}'. "
                + (marked.Length == 0
                    ? $"None of its public classes is marked with [{nameof(PoolKindAttribute)}]."
                    : $"Its kinds of pool are: {string.Join(", ", marked)}."),
                nameof(typeName));
        }

        return Register(poolType);
    }

    /// <summary>Registers every kind of an assembly.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <returns>The kinds found in it.</returns>
    /// <exception cref="ArgumentException">A class cannot serve as a kind, or a name is taken.</exception>
    public static IReadOnlyList<PoolKind> RegisterAll(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return [.. Scan(assembly).Select(kind => Register(kind.PoolType))];
    }

    private static Assembly Load(string assemblyPath)
    {
        string path = Path.GetFullPath(assemblyPath);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no assembly file {path}.", path);
        }

        try
        {
            return Assembly.LoadFrom(path);
        }
        catch (Exception e) when (e is BadImageFormatException or FileLoadException)
        {
            throw new ArgumentException($"{path} is not a .NET assembly that can be loaded: {e.Message}", nameof(assemblyPath), e);
        }
    }

    private static IEnumerable<PoolKind> Scan(Assembly assembly) => MarkedTypes(assembly).Select(PoolKind.From);

    private static IEnumerable<Type> MarkedTypes(Assembly assembly) =>
        assembly.GetExportedTypes().Where(type => type.IsDefined(typeof(PoolKindAttribute), inherit: false));
}
