using System.Globalization;

namespace KretPool.Benchmark;

/// <summary>Which NUMA node the memory of the objects comes from.</summary>
/// <remarks>Written and read as <c>Default</c>, <c>Local</c>, <c>Interleave</c> or <c>Node 1</c>.</remarks>
public sealed record MemoryPolicy : IParsable<MemoryPolicy>
{
    private const string NodeName = "Node";

    private MemoryPolicy(string name, int? node = null) => (Name, Node) = (name, node);

    /// <summary>Wherever the system puts it.</summary>
    public static MemoryPolicy Default { get; } = new(nameof(Default));

    /// <summary>Each thread's share of the objects on the node of the thread's CPU.</summary>
    public static MemoryPolicy Local { get; } = new(nameof(Local));

    /// <summary>Object by object in turn over all nodes that have memory.</summary>
    public static MemoryPolicy Interleave { get; } = new(nameof(Interleave));

    /// <summary>The name without the node.</summary>
    public string Name { get; }

    /// <summary>The node that all memory is bound to; null unless it is bound to one.</summary>
    public int? Node { get; }

    /// <summary>All memory on one node.</summary>
    /// <param name="node">The id of the node.</param>
    /// <returns>The policy.</returns>
    public static MemoryPolicy OnNode(int node)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(node);
        return new(NodeName, node);
    }

    /// <summary>Reads a policy.</summary>
    /// <param name="s">The text; case does not matter, nor whether a blank stands before the number of a node.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="FormatException">The text is no policy.</exception>
    public static MemoryPolicy Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var policy)
            ? policy
            : throw new FormatException(
                $"'{s}' is not a memory policy. Write Default, Local, Interleave, or Node and a number, such as 'Node 1'.");

    /// <inheritdoc cref="Parse"/>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The policy, if the text is one.</param>
    /// <returns>Whether the text is a policy.</returns>
    public static bool TryParse(
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? s,
        IFormatProvider? provider,
        [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out MemoryPolicy result)
    {
        string text = s?.Trim() ?? "";
        result = new[] { Default, Local, Interleave }
            .FirstOrDefault(policy => policy.Name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (result is null && text.StartsWith(NodeName, StringComparison.OrdinalIgnoreCase)
            && int.TryParse(text[NodeName.Length..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int node))
        {
            result = OnNode(node);
        }

        return result is not null;
    }

    /// <summary>The policy as it is read.</summary>
    /// <returns>For example <c>Node 1</c>.</returns>
    public override string ToString() =>
        Node is { } node ? string.Create(CultureInfo.InvariantCulture, $"{NodeName} {node}") : Name;
}
