using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace KretPool.Cmdlets;

/// <summary>The pools of this process that scripts have made and that have not ended.</summary>
internal static class ScriptPools
{
    private static readonly ConcurrentDictionary<string, ScriptPool> s_pools = new(StringComparer.OrdinalIgnoreCase);
    private static int s_lastNumber;

    /// <summary>All pools, in the order of their names.</summary>
    public static IReadOnlyList<ScriptPool> All => [.. s_pools.Values.OrderBy(pool => pool.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>A name that no pool has.</summary>
    public static string NextName => $"Pool{Interlocked.Increment(ref s_lastNumber)}";

    public static bool Contains(string name) => s_pools.ContainsKey(name);

    /// <summary>Adds a pool.</summary>
    /// <param name="pool">The pool.</param>
    /// <returns>Whether its name was free.</returns>
    public static bool TryAdd(ScriptPool pool) => s_pools.TryAdd(pool.Name, pool);

    /// <summary>Removes a pool that has ended.</summary>
    /// <param name="pool">The pool.</param>
    public static void Remove(ScriptPool pool) => s_pools.TryRemove(KeyValuePair.Create(pool.Name, pool));

    /// <summary>Finds pools.</summary>
    /// <param name="name">A name; wildcards are allowed.</param>
    /// <returns>The pools.</returns>
    public static IReadOnlyList<ScriptPool> Find(string name)
    {
        var pattern = new NamePattern(name);
        return [.. All.Where(pool => pattern.IsMatch(pool.Name))];
    }

    /// <summary>The error that a name finds no pool.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The error.</returns>
    public static ErrorRecord NotFound(string name) => new(
        new ItemNotFoundException($"There is no pool named '{name}'. Get-ObjectPool lists those that there are."),
        "PoolNotFound", ErrorCategory.ObjectNotFound, name);

    /// <summary>Closes the pools that a runspace has made.</summary>
    /// <param name="runspace">The runspace.</param>
    public static void CloseAllOf(Runspace? runspace)
    {
        foreach (var pool in All.Where(pool => pool.Turn.BelongsTo(runspace)))
        {
            pool.Close();
        }
    }
}
