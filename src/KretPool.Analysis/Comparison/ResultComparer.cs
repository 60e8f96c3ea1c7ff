using KretPool.Analysis.Rows;
using KretPool.Results;

namespace KretPool.Analysis.Comparison;

/// <summary>Compares results with a baseline.</summary>
public static class ResultComparer
{
    /// <summary>Compares every result with the one of another kind under the same conditions in the same run.</summary>
    /// <param name="results">The results, those of the baseline kind among them.</param>
    /// <param name="baselineKind">The kind to compare with; case does not matter.</param>
    /// <param name="options">How to match and when a difference counts.</param>
    /// <returns>The comparisons; none of the baseline kind with itself.</returns>
    /// <exception cref="ArgumentException">No result is of the baseline kind.</exception>
    public static ComparisonSet AgainstKind(
        IReadOnlyCollection<PoolBenchmarkResult> results, string baselineKind, ComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(options);
        var isBaseline = results.ToLookup(
            result => string.Equals(result.Kind, baselineKind, StringComparison.OrdinalIgnoreCase));
        if (!isBaseline[true].Any())
        {
            string kinds = string.Join(", ", results.Select(result => result.Kind).Distinct().Order());
            throw new ArgumentException(kinds.Length == 0
                ? "There are no results to compare."
                : $"None of the results is of the kind '{baselineKind}'. Kinds among them: {kinds}.");
        }

        return Compare(
            isBaseline[false], isBaseline[true], options,
            [nameof(PoolBenchmarkResult.RunId), nameof(PoolBenchmarkResult.HostName), .. ResultRow.Conditions]);
    }

    /// <summary>Compares results with other results of the same kind and conditions, from another time or machine.</summary>
    /// <param name="results">The results.</param>
    /// <param name="baseline">What to compare with. Several that fit the same result are taken together.</param>
    /// <param name="options">How to match and when a difference counts.</param>
    /// <returns>The comparisons.</returns>
    public static ComparisonSet AgainstResults(
        IEnumerable<PoolBenchmarkResult> results, IEnumerable<PoolBenchmarkResult> baseline, ComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Compare(results, baseline, options, [nameof(PoolBenchmarkResult.Kind), .. ResultRow.Conditions]);
    }

    private static ComparisonSet Compare(
        IEnumerable<PoolBenchmarkResult> results,
        IEnumerable<PoolBenchmarkResult> baseline,
        ComparisonOptions options,
        IReadOnlyList<string> matchByDefault)
    {
        // A result that was read twice would count its samples twice, and seem surer than it is.
        var matcher = new BaselineMatcher(ResultRow.Distinct(baseline), options, matchByDefault);
        List<PairComparison> pairs = [];
        List<PoolBenchmarkResult> withoutPartner = [];
        List<PoolBenchmarkResult> refused = [];
        foreach (var result in ResultRow.Distinct(results))
        {
            var partners = matcher.Find(result, out bool otherMachine);
            if (partners.Count > 0)
            {
                pairs.Add(new PairComparison(result, partners, matcher.Columns));
            }
            else
            {
                (otherMachine ? refused : withoutPartner).Add(result);
            }
        }

        return new ComparisonSet(
            PairComparison.Judge(pairs, options), withoutPartner, matcher.Unused, refused, matcher.Columns);
    }
}
