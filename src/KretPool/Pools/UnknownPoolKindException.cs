namespace KretPool.Pools;

/// <summary>A kind of pool was named that is not registered. The message names the nearest and all the known ones.</summary>
public sealed class UnknownPoolKindException : ArgumentException
{
    /// <summary>Reports a name that is not known.</summary>
    /// <param name="name">The name.</param>
    /// <param name="known">The known kinds; at least one.</param>
    public UnknownPoolKindException(string name, IReadOnlyList<PoolKind> known)
        : base(
            $"There is no kind of pool named '{name}'. Did you mean '{Nearest(name, known)}'? "
            + $"Known kinds: {string.Join(", ", known.Select(kind => kind.Name))}.") => Name = name;

    /// <summary>The name that is not known.</summary>
    public string Name { get; }

    // Whoever knows the published evaluation types its names: fl, op.
    private static string Nearest(string name, IReadOnlyList<PoolKind> known) =>
        known.FirstOrDefault(kind => kind.PublishedAs.Equals(name, StringComparison.OrdinalIgnoreCase))?.Name
        ?? NameDistance.Nearest(name, [.. known.Select(kind => kind.Name)]);
}
