using KretPool.Analysis.Comparison;
using KretPool.Results;

namespace KretPool.Analysis.Tests;

/// <summary>How often the comparison is wrong, on samples whose truth is known. The seeds make it the same on every run. Ten
/// samples are what a sweep has unless it is told otherwise.</summary>
public sealed class TruthTests
{
    private const int Comparisons = 1000;

    [Theory]
    [InlineData(0.01, 10)]
    [InlineData(0.03, 10)]
    [InlineData(0.10, 10)]
    [InlineData(0.03, 15)]
    [InlineData(0.10, 30)]
    public void Of_comparisons_of_a_pool_with_itself_one_in_a_hundred_at_most_is_called_a_difference(double spread, int samples)
    {
        int called = Verdicts(1, spread, samples).Count(verdict => verdict is PoolVerdict.Faster or PoolVerdict.Slower);

        Assert.InRange(called, 0, Comparisons / 100);
    }

    [Theory]
    [InlineData(0.01, 10)]
    [InlineData(0.03, 10)]
    [InlineData(0.03, 15)]
    [InlineData(0.05, 20)]
    public void A_planted_slowdown_of_a_tenth_is_found_in_95_of_100(double spread, int samples)
    {
        int found = Verdicts(0.9, spread, samples).Count(verdict => verdict == PoolVerdict.Slower);

        Assert.InRange(found, Comparisons * 95 / 100, Comparisons);
    }

    // Each on its own, so that the correction for many comparisons helps none of them.
    private static IEnumerable<PoolVerdict> Verdicts(double ratio, double spread, int samples)
    {
        for (int seed = 0; seed < Comparisons; seed++)
        {
            var before = SampleResults.Make("P", 1, 1e8, spread, samples, seed: 2 * seed);
            var after = SampleResults.Make("P", 1, 1e8 * ratio, spread, samples, seed: (2 * seed) + 1);
            yield return ResultComparer.AgainstResults([after], [before], new ComparisonOptions()).Comparisons[0].Verdict;
        }
    }
}
