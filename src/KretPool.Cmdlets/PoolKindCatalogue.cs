using System.Management.Automation;
using KretPool.Peers;
using KretPool.Pools;

namespace KretPool.Cmdlets;

/// <summary>The kinds as operators name them: the engine's and those of the peers that need a package.</summary>
internal static class PoolKindCatalogue
{
    // The peers join the way a third party's pools do.
    static PoolKindCatalogue() => PoolKinds.RegisterAll(typeof(DefaultObjectPoolPeer<>).Assembly);

    /// <summary>All kinds, in the order of their names.</summary>
    public static IReadOnlyList<PoolKind> All => PoolKinds.All;

    /// <summary>Finds a kind.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The kind.</returns>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static PoolKind Get(string name) => PoolKinds.Get(name);

    /// <summary>The kinds that names or wildcards stand for, each once, in the order given.</summary>
    /// <param name="names">Names of kinds; wildcards are allowed.</param>
    /// <returns>The kinds.</returns>
    /// <exception cref="ArgumentException">A name without wildcards is not known, or a pattern matches none.</exception>
    public static IReadOnlyList<PoolKind> Resolve(IEnumerable<string> names) => [.. names.SelectMany(Resolve).Distinct()];

    private static IEnumerable<PoolKind> Resolve(string name)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name))
        {
            return [PoolKinds.Get(name)];
        }

        var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        PoolKind[] matches = Matching(pattern, name);
        return matches.Length > 0
            ? matches
            : throw new ArgumentException(
                $"No kind of pool matches '{name}'. Known kinds: {string.Join(", ", All.Select(kind => kind.Name))}.");
    }

    private static PoolKind[] Matching(WildcardPattern pattern, string name)
    {
        try
        {
            return [.. All.Where(kind => pattern.IsMatch(kind.Name))];
        }
        catch (WildcardPatternException e)
        {
            throw new ArgumentException($"'{name}' is not a pattern: a bracket is open. Write *, ? or a set such as [FK]*.", e);
        }
    }
}
