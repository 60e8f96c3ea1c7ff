using System.Management.Automation;

namespace KretPool.Cmdlets;

/// <summary>
/// Names as operators type them: with wildcards, or just as they are. A name with brackets is a pattern that does not match
/// itself, and one with a single bracket is no pattern at all; both are still names.
/// </summary>
internal sealed class NamePattern
{
    private readonly string _text;
    private readonly WildcardPattern? _pattern;

    /// <summary>Reads what was typed.</summary>
    /// <param name="text">A name or a pattern.</param>
    public NamePattern(string text) => (_text, _pattern) = (text, Parse(text));

    /// <summary>Whether a name is meant.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether it is the text or matches it, in any case.</returns>
    public bool IsMatch(string name) =>
        name.Equals(_text, StringComparison.OrdinalIgnoreCase) || _pattern?.IsMatch(name) == true;

    /// <summary>Whether a name begins with what is meant.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether it does, in any case.</returns>
    public bool IsPrefixOf(string name) =>
        name.StartsWith(_text, StringComparison.OrdinalIgnoreCase) || Parse(_text + "*")?.IsMatch(name) == true;

    private static WildcardPattern? Parse(string text)
    {
        var pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase);
        try
        {
            pattern.IsMatch("");
            return pattern;
        }
        catch (WildcardPatternException)
        {
            return null;
        }
    }
}
