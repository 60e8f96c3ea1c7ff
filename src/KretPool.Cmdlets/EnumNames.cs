using KretPool.Benchmark;

namespace KretPool.Cmdlets;

/// <summary>
/// Values of an enumeration that an operator names. Such a parameter takes text, because PowerShell completes one of an
/// enumeration's own type without tooltips and knows no wildcards for it.
/// </summary>
internal static class EnumNames
{
    /// <summary>The values that names or wildcards stand for, each once, in the order given.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="option">The parameter, for the error.</param>
    /// <param name="names">Names in any case; wildcards are allowed.</param>
    /// <returns>The values.</returns>
    /// <exception cref="BenchmarkOptionException">A name is not known, or a pattern matches none.</exception>
    public static IReadOnlyList<T> Resolve<T>(string option, IEnumerable<string> names)
        where T : struct, Enum => [.. names.SelectMany(name => Resolve<T>(option, name)).Distinct()];

    private static T[] Resolve<T>(string option, string name)
        where T : struct, Enum
    {
        var pattern = new NamePattern(name);
        T[] matches = [.. Enum.GetValues<T>().Where(value => pattern.IsMatch(value.ToString()))];
        return matches.Length > 0
            ? matches
            : throw new BenchmarkOptionException(
                option, name, $"-{option} '{name}' is none of {string.Join(", ", Enum.GetNames<T>())}.");
    }
}
