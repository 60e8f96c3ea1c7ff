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
    /// <exception cref="ArgumentException">There is none; the message names the nearest and all the known ones.</exception>
    public static PoolKind Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TryGet(name, out var kind) ? kind : throw new ArgumentException(Unknown(name), nameof(name));
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

    /// <summary>Registers every kind of an assembly.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <returns>The kinds found in it.</returns>
    /// <exception cref="ArgumentException">A class cannot serve as a kind, or a name is taken.</exception>
    public static IReadOnlyList<PoolKind> RegisterAll(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return [.. Scan(assembly).Select(kind => Register(kind.PoolType))];
    }

    private static IEnumerable<PoolKind> Scan(Assembly assembly) =>
        from type in assembly.GetExportedTypes()
        where type.IsDefined(typeof(PoolKindAttribute), inherit: false)
        select PoolKind.From(type);

    private static string Unknown(string name)
    {
        string[] known = [.. All.Select(kind => kind.Name)];
        string nearest = known.MinBy(other => EditDistance(name, other))!;
        return $"There is no kind of pool named '{name}'. Did you mean '{nearest}'? Known kinds: {string.Join(", ", known)}.";
    }

    // Levenshtein, one row at a time.
    private static int EditDistance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substituted = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
