using KretPool.Topology;

namespace KretPool.Benchmark;

/// <summary>Reads options that are given as text.</summary>
public static class BenchmarkLists
{
    /// <summary>Reads sets of CPUs or nodes.</summary>
    /// <param name="option">The option, for the error.</param>
    /// <param name="texts">Lists in the kernel's form, one for each set.</param>
    /// <returns>The sets.</returns>
    /// <exception cref="BenchmarkOptionException">A text is not a list.</exception>
    public static IReadOnlyList<CpuSet> Sets(string option, IReadOnlyList<string> texts) =>
        Read(option, texts, text => CpuSet.TryParse(text, out var set)
            ? set
            : throw new FormatException($"'{text}' is not a list of ids. Write ids and ranges in quotes, such as '0-3,8'."));

    /// <summary>Reads memory policies.</summary>
    /// <param name="texts">The texts.</param>
    /// <returns>The policies.</returns>
    /// <exception cref="BenchmarkOptionException">A text is no policy.</exception>
    public static IReadOnlyList<MemoryPolicy> MemoryPolicies(IReadOnlyList<string> texts) =>
        Read("MemoryPolicy", texts, text => MemoryPolicy.Parse(text));

    /// <summary>Reads a probed routine.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The routine.</returns>
    /// <exception cref="BenchmarkOptionException">The text is no routine.</exception>
    public static ProbedRoutine Routine(string text) => Read("ProbedRoutine", [text], text => ProbedRoutine.Parse(text))[0];

    private static T[] Read<T>(string option, IReadOnlyList<string> texts, Func<string, T> read)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return [.. texts.Select(text =>
        {
            try
            {
                return read(text);
            }
            catch (FormatException e)
            {
                throw new BenchmarkOptionException(option, text, e.Message, e);
            }
        })];
    }
}
