using System.Management.Automation;

namespace KretPool.Cmdlets;

/// <summary>
/// Paths in which wildcards are plain characters. Tab completion puts a backtick before each bracket of a name all the
/// same, because it cannot know of which sort a parameter is.
/// </summary>
internal static class EscapedPath
{
    /// <summary>Resolves a path, with the backticks of completion or without.</summary>
    /// <param name="path">The path as the operator gave it.</param>
    /// <param name="resolve">Makes a full path of it.</param>
    /// <returns>The full path. A backtick that is part of an existing name stays.</returns>
    public static string Resolve(string path, Func<string, string> resolve)
    {
        string full = resolve(path);
        string plain = WildcardPattern.Unescape(path);
        return plain == path || Path.Exists(full) ? full : resolve(plain);
    }
}
