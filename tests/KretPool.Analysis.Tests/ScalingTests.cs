using KretPool.Analysis.Scaling;
using KretPool.Results;

namespace KretPool.Analysis.Tests;

public sealed class ScalingTests
{
    private static readonly int[] s_threads = [1, 2, 4, 8, 16, 24];

    [Theory]
    [InlineData(1e8, 0.03, 0.0005)]
    [InlineData(1e8, 0.2, 0)]
    [InlineData(1e8, 0, 0.01)]
    [InlineData(1e8, 0, 0)]
    [InlineData(3e8, 0.5, 2)]
    public void The_law_is_found_again_in_data_made_from_it(double lambda, double sigma, double kappa)
    {
        var law = new ScalabilityLaw(lambda, sigma, kappa);

        var found = ScalabilityLaw.Fit([.. s_threads.Select(n => (double)n)], [.. s_threads.Select(n => law.Throughput(n))]);

        Assert.Equal(lambda, found.Lambda, lambda * 1e-6);
        Assert.Equal(sigma, found.Sigma, 1e-6);
        Assert.Equal(kappa, found.Kappa, 1e-6);
    }

    [Fact]
    public void The_peak_is_where_throughput_is_highest()
    {
        var law = new ScalabilityLaw(1, 0.05, 0.001);

        int best = Enumerable.Range(1, 200).MaxBy(n => law.Throughput(n));

        Assert.Equal(best, law.Peak!.Value, 1.0);
        Assert.Null(new ScalabilityLaw(1, 0.05, 0).Peak);
    }

    [Fact]
    public void No_parameter_comes_out_negative_where_more_threads_gain_more_than_their_share()
    {
        var found = ScalabilityLaw.Fit([1, 2, 4, 8], [1, 2.2, 4.8, 10]);

        Assert.True(found is { Sigma: >= 0, Kappa: >= 0, Lambda: > 0 });
    }

    [Fact]
    public void The_two_sides_of_a_border_are_fitted_apart()
    {
        var rows = ScalingAnalysis.Fit(TwoNodes(), new ScalingOptions()).ToDictionary(row => row.Scope);

        Assert.Equal("1;2;4;8;16;24", rows[PoolScalingScope.Within].ThreadCounts);
        Assert.Equal("32;48;64;96", rows[PoolScalingScope.Across].ThreadCounts);
        Assert.Equal(0.01, rows[PoolScalingScope.Within].Contention!.Value, 0.003);
        Assert.True(rows.Values.All(row => row.HasClaim));
    }

    [Theory]
    [InlineData(1, "No claim: 1 thread count; the law needs at least 4.")]
    [InlineData(2, "No claim: 2 thread counts; the law needs at least 4.")]
    public void Too_few_thread_counts_carry_no_claim_and_the_reason_counts_them(int count, string reason)
    {
        PoolBenchmarkResult[] results = [.. Enumerable.Range(1, count).Select(threads => SampleResults.Make("KretPool", threads, 1e8))];

        Assert.Equal(reason, Assert.Single(ScalingAnalysis.Fit(results, new ScalingOptions())).Reason);
    }

    [Fact]
    public void One_curve_through_both_sides_carries_no_claim()
    {
        var results = TwoNodes();
        results.ForEach(result => result.Nodes = "");

        var row = Assert.Single(ScalingAnalysis.Fit(results, new ScalingOptions()));

        Assert.Equal(PoolScalingScope.Whole, row.Scope);
        Assert.False(row.HasClaim);
        Assert.Null(row.PredictedOpsPerSec);
        Assert.StartsWith("No claim", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Three_thread_counts_carry_no_claim()
    {
        var row = Assert.Single(ScalingAnalysis.Fit(Curve(new ScalabilityLaw(1e8, 0.02, 0), 0.01, 1, 2, 4), new ScalingOptions()));

        Assert.False(row.HasClaim);
        Assert.Contains("3 thread counts", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Far_beyond_the_data_there_is_no_prediction()
    {
        var row = Assert.Single(ScalingAnalysis.Fit(
            Curve(new ScalabilityLaw(1e8, 0.02, 0), 0.01, 1, 2, 4, 8), new ScalingOptions { PredictedThreadCounts = [33] }));

        Assert.True(row.HasClaim);
        Assert.Null(row.PredictedOpsPerSec);
        Assert.Contains("No claim for 33 threads", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_interval_of_a_prediction_mostly_holds_what_is_measured_later()
    {
        var law = new ScalabilityLaw(1e8, 0.03, 0.0002);
        int held = 0;
        const int Machines = 60;
        for (int seed = 0; seed < Machines; seed++)
        {
            var row = Assert.Single(ScalingAnalysis.Fit(
                Curve(law, 0.03, [1, 2, 4, 6, 8, 12, 16, 24, 32], seed), new ScalingOptions { MaxThreadCount = 16, PredictedThreadCounts = [32] }));
            Assert.Equal((row.PredictedOpsPerSec!.Value / row.MeasuredOpsPerSec!.Value) - 1, row.PredictionErrorPercent!.Value / 100, 1e-12);
            held += row.MeasuredOpsPerSec >= row.PredictedOpsPerSecLow && row.MeasuredOpsPerSec <= row.PredictedOpsPerSecHigh ? 1 : 0;
        }

        Assert.InRange((double)held / Machines, 0.8, 1);
    }

    [Fact]
    public void Efficiency_is_speed_up_per_thread()
    {
        var rows = ScalingAnalysis.Efficiencies([.. Curve(new ScalabilityLaw(1e8, 0.25, 0), 0, 1, 2, 4, 8)], new ScalingOptions()).ToList();

        Assert.Equal([1, 0.8, 4 / 1.75 / 4, 8 / 2.75 / 8], rows.Select(row => row.Efficiency), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.All(rows, row => Assert.Equal(row.OpsPerSec, row.FittedOpsPerSec!.Value, row.OpsPerSec * 1e-6));
    }

    [Fact]
    public void Efficiency_is_told_beyond_what_was_fitted_as_well()
    {
        var rows = ScalingAnalysis.Efficiencies(
            [.. Curve(new ScalabilityLaw(1e8, 0.25, 0), 0, 1, 2, 4, 8, 16)], new ScalingOptions { MaxThreadCount = 8 }).ToList();

        Assert.Equal([1, 2, 4, 8, 16], rows.Select(row => row.ThreadCount));
        Assert.Equal(rows[4].OpsPerSec, rows[4].FittedOpsPerSec!.Value, rows[4].OpsPerSec * 1e-6);
    }

    [Fact]
    public void A_prediction_inside_a_node_is_not_held_against_what_was_measured_across()
    {
        var row = ScalingAnalysis.Fit(TwoNodes(), new ScalingOptions { PredictedThreadCounts = [32] })
            .Single(row => row.Scope == PoolScalingScope.Within);

        Assert.NotNull(row.MeasuredOpsPerSec);
        Assert.NotNull(row.PredictedOpsPerSec);
        Assert.Null(row.PredictionErrorPercent);
        Assert.Contains("for a node or package that holds them", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fit_tells_the_speed_up_with_its_most_threads()
    {
        var row = Assert.Single(ScalingAnalysis.Fit(Curve(new ScalabilityLaw(1e8, 0.25, 0), 0, 1, 2, 4, 8), new ScalingOptions()));

        Assert.Equal(8 / 2.75, row.SpeedUp, 1e-9);
        Assert.Equal(1 / 2.75, row.Efficiency, 1e-9);
    }

    private static List<PoolBenchmarkResult> TwoNodes()
    {
        var results = Curve(new ScalabilityLaw(2.4e8, 0.01, 0.0005), 0.01, s_threads).ToList();
        results.ForEach(result => result.Nodes = "0");
        var across = Curve(new ScalabilityLaw(2e7, 0.005, 0.00001), 0.01, 32, 48, 64, 96).ToList();
        across.ForEach(result => result.Nodes = "0-1");
        return [.. results, .. across];
    }

    private static IEnumerable<PoolBenchmarkResult> Curve(ScalabilityLaw law, double spread, params int[] threads) => Curve(law, spread, threads, 1);

    private static IEnumerable<PoolBenchmarkResult> Curve(ScalabilityLaw law, double spread, int[] threads, int seed) =>
        threads.Select(n => SampleResults.Make("P", n, law.Throughput(n), spread, samples: 1, seed: seed));
}
