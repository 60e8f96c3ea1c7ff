using System.ComponentModel;

namespace KretPool.Placement;

/// <summary>Which CPUs threads are pinned to, and in which order as threads are added.</summary>
public enum PlacementStrategy
{
    /// <summary>As near to each other as possible: all CPUs of a core, then the next core of the same last-level cache,
    /// die, node and package, then the next package. Performance cores come before efficient ones.</summary>
    [Description("As near to each other as possible: all CPUs of a core, then the next core, then the next package.")]
    Compact,

    /// <summary>As far from each other as possible: packages in turn, in each its nodes, dies and last-level caches in
    /// turn, a core at a time; a second CPU of any core only when every core has one.</summary>
    [Description("As far from each other as possible: packages in turn, a second CPU of a core last.")]
    Scatter,

    /// <summary>One CPU of each core, cores in the order of <see cref="Compact"/>.</summary>
    [Description("One CPU of each core, near ones first.")]
    OnePerCore,

    /// <summary>NUMA nodes in turn; in each, cores in the order of <see cref="Compact"/>, and a second CPU of any core
    /// only when every core of the node has one.</summary>
    [Description("NUMA nodes in turn.")]
    PerNode,

    /// <summary>Threads are not pinned.</summary>
    [Description("Threads are not pinned.")]
    None,
}
