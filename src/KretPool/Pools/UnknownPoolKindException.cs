namespace KretPool.Pools;

/// <summary>A kind of pool was named that is not registered. The message names the nearest and all the known ones.</summary>
public sealed class UnknownPoolKindException : ArgumentException
{
    /// <summary>Reports a name that is not known.</summary>
    /// <param name="name">The name.</param>
    /// <param name="known">The known names; at least one.</param>
    public UnknownPoolKindException(string name, IReadOnlyList<string> known)
        : base(
            $"There is no kind of pool named '{name}'. Did you mean '{NameDistance.Nearest(name, known)}'? "
            + $"Known kinds: {string.Join(", ", known)}.") => Name = name;

    /// <summary>The name that is not known.</summary>
    public string Name { get; }
}
