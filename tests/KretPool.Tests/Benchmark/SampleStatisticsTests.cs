using KretPool.Benchmark;

namespace KretPool.Tests.Benchmark;

public class SampleStatisticsTests
{
    [Theory]
    [InlineData(new[] { 3.0 }, 3)]
    [InlineData(new[] { 5.0, 1, 3 }, 3)]
    [InlineData(new[] { 4.0, 1, 2, 3 }, 2.5)]
    public void The_median_is_the_middle_or_the_mean_of_the_two_in_the_middle(double[] samples, double median) =>
        Assert.Equal(median, SampleStatistics.Median(samples));

    // Ranks from a table of binomial intervals of the median: Conover, Practical Nonparametric Statistics, or R's
    // DescTools::MedianCI(method = "exact").
    [Theory]
    [InlineData(6, 1, 6)]
    [InlineData(8, 1, 8)]
    [InlineData(9, 2, 8)]
    [InlineData(10, 2, 9)]
    [InlineData(15, 4, 12)]
    [InlineData(20, 6, 15)]
    [InlineData(30, 10, 21)]
    [InlineData(100, 40, 61)]
    public void The_interval_of_the_median_runs_between_the_order_statistics_of_the_tables(int count, int low, int high)
    {
        double[] samples = [.. Enumerable.Range(1, count).Select(rank => (double)rank).Reverse()];

        Assert.Equal((low, high), SampleStatistics.MedianInterval(samples));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Fewer_than_six_samples_have_no_interval(int count) =>
        Assert.Null(SampleStatistics.MedianInterval([.. Enumerable.Range(1, count).Select(rank => (double)rank)]));

    [Fact]
    public void The_interval_of_many_thousand_samples_is_near_the_normal_approximation()
    {
        double[] samples = [.. Enumerable.Range(1, 10_000).Select(rank => (double)rank)];

        var (low, high) = SampleStatistics.MedianInterval(samples)!.Value;

        Assert.InRange(low, 4900, 4904);
        Assert.InRange(high, 5097, 5101);
    }

    [Fact]
    public void The_spread_is_the_distance_of_the_quartiles_over_the_median() =>
        Assert.Equal(0.4, SampleStatistics.Spread([80, 100, 120, 40, 160, 100, 100, 60, 140]), 1e-9);

    [Fact]
    public void Two_tight_groups_are_bimodal() =>
        Assert.True(SampleStatistics.IsBimodal([100, 101, 102, 100, 140, 141, 140, 142, 101, 141]));

    [Fact]
    public void One_group_with_a_stray_sample_is_not_bimodal() =>
        Assert.False(SampleStatistics.IsBimodal([100, 101, 102, 100, 101, 103, 100, 102, 101, 160]));

    [Fact]
    public void An_even_slope_is_not_bimodal() =>
        Assert.False(SampleStatistics.IsBimodal([100, 110, 120, 130, 140, 150, 160, 170, 180, 190]));

    [Fact]
    public void Groups_that_differ_by_less_than_a_twentieth_are_not_told_apart() =>
        Assert.False(SampleStatistics.IsBimodal([100, 100, 100, 100, 103, 103, 103, 103]));

    [Fact]
    public void Fairness_is_one_when_all_have_the_same_and_one_over_n_when_one_has_all()
    {
        Assert.Equal(1, SampleStatistics.Fairness([7, 7, 7, 7]), 1e-12);
        Assert.Equal(0.25, SampleStatistics.Fairness([9, 0, 0, 0]), 1e-12);
        Assert.Equal(1, SampleStatistics.Fairness([0, 0]));
    }

    [Fact]
    public void No_samples_is_an_error() =>
        Assert.Throws<ArgumentException>(() => SampleStatistics.Median([]));
}
