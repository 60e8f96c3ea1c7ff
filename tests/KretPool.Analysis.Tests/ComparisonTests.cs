using KretPool.Analysis.Comparison;
using KretPool.Results;

namespace KretPool.Analysis.Tests;

public sealed class ComparisonTests
{
    private static readonly ComparisonOptions s_defaults = new();

    [Fact]
    public void Each_kind_is_compared_with_the_baseline_kind_under_the_same_conditions()
    {
        var set = ResultComparer.AgainstKind(SampleResults.Sweep(1, 2), "freelist", s_defaults);

        Assert.Equal(8, set.Comparisons.Count);
        Assert.Empty(set.WithoutPartner);
        var flagship = set.Comparisons.Single(row => row is { Kind: "KretPool", ThreadCount: 2 });
        Assert.Equal("FreeList", flagship.BaselineKind);
        Assert.Equal(500e6 / 45e6, flagship.Ratio!.Value, 0.3);
        Assert.InRange(flagship.Ratio.Value, flagship.RatioLow!.Value, flagship.RatioHigh!.Value);
        Assert.Equal(PoolVerdict.Faster, flagship.Verdict);
        Assert.Equal(1, flagship.EffectSize);
    }

    [Fact]
    public void The_geometric_mean_is_taken_over_the_ratios_of_a_kind()
    {
        var rows = ResultComparer.AgainstKind(SampleResults.Sweep(1, 2, 4), "FreeList", s_defaults)
            .Comparisons.Where(row => row.Kind == "KernelObjPool").ToArray();

        double product = rows.Aggregate(1.0, (soFar, row) => soFar * row.Ratio!.Value);

        Assert.All(rows, row => Assert.Equal(Math.Cbrt(product), row.GeometricMeanRatio!.Value, 1e-9));
    }

    [Fact]
    public void A_result_without_a_partner_and_a_baseline_without_one_are_told()
    {
        PoolBenchmarkResult[] results = [SampleResults.Make("KretPool", 1, 1e6), SampleResults.Make("KretPool", 4, 1e6)];
        PoolBenchmarkResult[] baseline = [SampleResults.Make("KretPool", 1, 1e6), SampleResults.Make("KretPool", 8, 1e6)];

        var set = ResultComparer.AgainstResults(results, baseline, s_defaults);

        Assert.Equal(1, Assert.Single(set.Comparisons).ThreadCount);
        Assert.Equal(4, Assert.Single(set.WithoutPartner).ThreadCount);
        Assert.Equal(8, Assert.Single(set.UnusedBaselines).ThreadCount);
        Assert.Equal(
            ["Kind", "Workload", "ThreadCount", "Capacity"],
            set.MatchedBy.Take(4));
    }

    [Fact]
    public void By_replaces_the_columns_that_must_be_equal()
    {
        var result = SampleResults.Make("KretPool", 1, 1e6);
        var baseline = SampleResults.Make("KretPool", 1, 1e6);
        baseline.Capacity = 128;

        Assert.Empty(ResultComparer.AgainstResults([result], [baseline], s_defaults).Comparisons);
        Assert.Single(
            ResultComparer.AgainstResults([result], [baseline], new ComparisonOptions { By = ["Kind", "threadcount"] }).Comparisons);
    }

    [Fact]
    public void By_refuses_a_column_that_a_result_does_not_have()
    {
        var error = Assert.Throws<ArgumentException>(() => new ComparisonOptions { By = ["Threads"] });

        Assert.Contains("'Threads'", error.Message, StringComparison.Ordinal);
        Assert.Contains("ThreadCount", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_pool_on_other_CPUs_of_the_same_machine_is_no_partner()
    {
        var result = SampleResults.Make("KretPool", 1, 1e6);
        var baseline = SampleResults.Make("KretPool", 1, 1e6);
        (result.Cpus, baseline.Cpus) = ("0", "8");

        Assert.Empty(ResultComparer.AgainstResults([result], [baseline], s_defaults).Comparisons);
    }

    [Fact]
    public void Of_a_fleet_each_host_is_compared_with_itself()
    {
        var set = ResultComparer.AgainstResults(
            [On("a", 1e6), On("b", 2e6)], [On("a", 1e6), On("b", 1e6)], s_defaults);

        Assert.Equal([PoolVerdict.Same, PoolVerdict.Faster], set.Comparisons.Select(row => row.Verdict));
        Assert.Equal(["a", "b"], set.Comparisons.Select(row => row.BaselineHostName));

        static PoolBenchmarkResult On(string host, double rate)
        {
            var result = SampleResults.Make("KretPool", 1, rate);
            result.HostName = host;
            return result;
        }
    }

    [Fact]
    public void A_machine_of_another_shape_is_refused_unless_it_is_allowed()
    {
        var result = SampleResults.Make("KretPool", 1, 1e6);
        var baseline = SampleResults.Make("KretPool", 1, 1e6);
        baseline.TopologyDigest = "other";

        var refused = ResultComparer.AgainstResults([result], [baseline], s_defaults);
        var allowed = ResultComparer.AgainstResults(
            [result], [baseline], new ComparisonOptions { AllowDifferentEnvironment = true });

        Assert.Same(result, Assert.Single(refused.Refused));
        Assert.Empty(refused.Comparisons);
        Assert.Contains("topology: other -> d1", Assert.Single(allowed.Comparisons).EnvironmentDifferences, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_baselines_those_of_a_machine_of_the_same_shape_are_taken()
    {
        var same = SampleResults.Make("KretPool", 1, 1e6);
        var other = SampleResults.Make("KretPool", 1, 2e6);
        (same.HostName, other.HostName, other.TopologyDigest) = ("a", "b", "other");

        var set = ResultComparer.AgainstResults([SampleResults.Make("KretPool", 1, 1e6, seed: 2)], [same, other], s_defaults);

        Assert.Equal("a", Assert.Single(set.Comparisons).BaselineHostName);
        Assert.Empty(set.Refused);
        Assert.Same(other, Assert.Single(set.UnusedBaselines));
    }

    [Fact]
    public void A_result_that_is_given_twice_counts_once()
    {
        var result = SampleResults.Make("P", 1, 1e6);
        PoolBenchmarkResult[] baseline = [SampleResults.Make("P", 1, 1e6, seed: 5), SampleResults.Make("P", 1, 1e6, seed: 5)];

        Assert.Equal(15, Assert.Single(ResultComparer.AgainstResults([result, result], baseline, s_defaults).Comparisons).BaselineSampleCount);
    }

    [Fact]
    public void A_pair_says_what_is_equal_in_it() =>
        Assert.Equal("Kind;ThreadCount", Against(SampleResults.Make("P", 1, 1e6), new ComparisonOptions { By = ["kind", "threadcount"] }).MatchedBy);

    [Fact]
    public void A_baseline_that_stood_still_for_an_iteration_is_inconclusive_and_says_so()
    {
        var baseline = SampleResults.Make("P", 1, 1e6);
        baseline.SamplesOpsPerSec = "0;" + baseline.SamplesOpsPerSec;

        var comparison = Assert.Single(ResultComparer.AgainstResults([SampleResults.Make("P", 1, 1e6)], [baseline], s_defaults).Comparisons);

        Assert.Equal(PoolVerdict.Inconclusive, comparison.Verdict);
        Assert.Contains("no operations in some", comparison.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pool_that_came_to_a_stop_is_slower()
    {
        var stopped = SampleResults.Make("P", 1, 1e6);
        (stopped.OpsPerSec, stopped.SamplesOpsPerSec) = (0, "0;0;0;0;0;0;0;0");

        var comparison = Against(stopped);

        Assert.Equal((PoolVerdict.Slower, 0.0, null), (comparison.Verdict, comparison.Ratio, comparison.GeometricMeanRatio));
    }

    [Theory]
    [InlineData(0.30, PoolVerdict.Slower)]
    [InlineData(0.36, PoolVerdict.Inconclusive)]
    public void What_the_loop_without_a_pool_lost_as_well_is_not_held_against_the_pool(double emptyLoopNs, PoolVerdict verdict)
    {
        var result = SampleResults.Make("P", 1, 0.85e6);
        var baseline = SampleResults.Make("P", 1, 1e6, seed: 3);
        (result.EmptyLoopNs, baseline.EmptyLoopNs) = (emptyLoopNs, 0.30);

        Assert.Equal(verdict, Assert.Single(ResultComparer.AgainstResults([result], [baseline], s_defaults).Comparisons).Verdict);
    }

    [Fact]
    public void A_difference_that_runs_of_the_baseline_have_among_each_other_is_inconclusive()
    {
        List<PoolBenchmarkResult> nights = [.. Enumerable.Range(0, 4).Select(night => SampleResults.Make("P", 1, night == 1 ? 0.8e6 : 1e6, seed: night))];

        Assert.Equal(PoolVerdict.Inconclusive, Verdict(0.85e6));
        Assert.Equal(PoolVerdict.Slower, Verdict(0.7e6));

        PoolVerdict Verdict(double rate) =>
            Assert.Single(ResultComparer.AgainstResults([SampleResults.Make("P", 1, rate, seed: 9)], nights, s_defaults).Comparisons).Verdict;
    }

    [Fact]
    public void Another_runtime_is_said_beside_the_verdict()
    {
        var result = SampleResults.Make("KretPool", 1, 1e6);
        var baseline = SampleResults.Make("KretPool", 1, 1e6);
        baseline.Runtime = ".NET 9.0.1";

        var comparison = Assert.Single(ResultComparer.AgainstResults([result], [baseline], s_defaults).Comparisons);

        Assert.Equal("runtime: .NET 9.0.1 -> .NET 10.0.1", comparison.EnvironmentDifferences);
    }

    [Theory]
    [InlineData(1.00, PoolVerdict.Same)]
    [InlineData(1.20, PoolVerdict.Faster)]
    [InlineData(0.80, PoolVerdict.Slower)]
    public void The_verdict_follows_the_ratio(double ratio, PoolVerdict verdict) =>
        Assert.Equal(verdict, Against(SampleResults.Make("P", 1, ratio * 1e6)).Verdict);

    [Fact]
    public void A_significant_difference_below_the_threshold_is_the_same()
    {
        var comparison = Against(SampleResults.Make("P", 1, 1.02e6, spread: 0.002));

        Assert.InRange(comparison.AdjustedPValue!.Value, 0, 0.001);
        Assert.Equal(PoolVerdict.Same, comparison.Verdict);
    }

    [Fact]
    public void The_threshold_decides_what_matters()
    {
        var comparison = Against(SampleResults.Make("P", 1, 1.02e6, spread: 0.002), new ComparisonOptions { ThresholdPercent = 1 });

        Assert.Equal(PoolVerdict.Faster, comparison.Verdict);
    }

    [Fact]
    public void Wide_spread_is_inconclusive() =>
        Assert.Equal(PoolVerdict.Inconclusive, Against(SampleResults.Make("P", 1, 1e6, spread: 0.5)).Verdict);

    [Fact]
    public void Too_few_samples_are_inconclusive_and_say_so()
    {
        var comparison = Against(SampleResults.Make("P", 1, 2e6, samples: 2));

        Assert.Equal(PoolVerdict.Inconclusive, comparison.Verdict);
        Assert.Contains("2 and 15 samples", comparison.Reason, StringComparison.Ordinal);
        Assert.Null(comparison.RatioLow);
    }

    [Fact]
    public void A_difference_that_is_lost_among_many_comparisons_is_named_as_such()
    {
        // 6 against 6 samples reach p = 0.0022 at best: enough alone, too little as one of forty.
        var results = Enumerable.Range(1, 40).Select(threads => SampleResults.Make("P", threads, threads == 1 ? 2e6 : 1e6, samples: 6, seed: 1));
        var baseline = Enumerable.Range(1, 40).Select(threads => SampleResults.Make("P", threads, 1e6, samples: 6, seed: 2));

        var comparison = ResultComparer.AgainstResults(results, baseline, s_defaults).Comparisons[0];

        Assert.Equal(PoolVerdict.Inconclusive, comparison.Verdict);
        Assert.Contains("40 comparisons", comparison.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_baselines_of_the_same_conditions_are_taken_together()
    {
        var result = SampleResults.Make("P", 1, 1e6);
        PoolBenchmarkResult[] nights =
            [SampleResults.Make("P", 1, 1e6, seed: 2), SampleResults.Make("P", 1, 1e6, seed: 3), SampleResults.Make("P", 1, 1e6, seed: 4)];

        Assert.Equal(45, Assert.Single(ResultComparer.AgainstResults([result], nights, s_defaults).Comparisons).BaselineSampleCount);
    }

    [Fact]
    public void An_absent_baseline_kind_is_refused_with_the_kinds_that_are_there()
    {
        var error = Assert.Throws<ArgumentException>(
            () => ResultComparer.AgainstKind([SampleResults.Make("KretPool", 1, 1e6)], "FreeList", s_defaults));

        Assert.Contains("KretPool", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_samples_are_named()
    {
        var result = SampleResults.Make("P", 1, 1e6);
        result.SamplesOpsPerSec = "100;abc";

        var error = Assert.Throws<FormatException>(() => Against(result));

        Assert.Contains("'abc'", error.Message, StringComparison.Ordinal);
    }

    private static PoolComparison Against(PoolBenchmarkResult result, ComparisonOptions? options = null) =>
        Assert.Single(ResultComparer.AgainstResults(
            [result], [SampleResults.Make("P", 1, 1e6, spread: 0.002, seed: 99)], options ?? s_defaults).Comparisons);
}
