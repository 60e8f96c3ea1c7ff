using KretPool.Analysis.Statistics;

namespace KretPool.Analysis.Tests;

public sealed class StatisticsTests
{
    [Fact]
    public void The_p_value_of_small_samples_is_exact()
    {
        var test = MannWhitney.Test([6, 7, 8, 9, 10], [1, 2, 3, 4, 5])!.Value;

        Assert.Equal(2.0 / 252, test.PValue, 1e-12);
        Assert.Equal(1, test.EffectSize);
        Assert.Equal(test.PValue, MannWhitney.SmallestPValue(5, 5), 1e-12);
    }

    [Fact]
    public void Equal_samples_have_no_effect()
    {
        var test = MannWhitney.Test([1, 1, 1], [1, 1, 1])!.Value;

        Assert.Equal(1, test.PValue);
        Assert.Equal(0, test.EffectSize);
    }

    // The example of Benjamini and Hochberg (1995), table of 15 p-values: 4 are significant at 0.05.
    [Fact]
    public void The_published_example_of_Benjamini_and_Hochberg_comes_out()
    {
        double[] adjusted = FalseDiscoveryRate.Adjust(
            [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]);

        Assert.Equal(4, adjusted.Count(p => p <= 0.05));
        Assert.Equal(0.0095 * 15 / 4, adjusted[3], 1e-12);
        Assert.Equal(1, adjusted[14]);
    }

    [Fact]
    public void The_interval_of_a_ratio_holds_the_true_ratio_about_as_often_as_it_says()
    {
        var random = new Random(7);
        int held = 0;
        const int Trials = 400;
        for (int i = 0; i < Trials; i++)
        {
            var interval = RatioInterval.OfMedians(
                SampleResults.Noise(1.3, 0.05, 20, random), SampleResults.Noise(1.0, 0.05, 20, random))!.Value;
            held += interval.Low <= 1.3 && interval.High >= 1.3 ? 1 : 0;
        }

        Assert.InRange((double)held / Trials, 0.92, 0.99);
    }

    [Fact]
    public void The_same_samples_give_the_same_interval()
    {
        double[] sample = SampleResults.Noise(2, 0.1, 9, new Random(1));
        double[] baseline = SampleResults.Noise(1, 0.1, 9, new Random(2));

        Assert.Equal(RatioInterval.OfMedians(sample, baseline), RatioInterval.OfMedians(sample, baseline));
    }

    [Theory]
    [InlineData(new[] { 3.0, 1, 2 }, 2)]
    [InlineData(new[] { 4.0, 1, 2, 3 }, 2.5)]
    public void The_median_is_the_middle(double[] values, double median) => Assert.Equal(median, Median.Of(values));
}
