using KretPool.Analysis.Regressions;
using KretPool.Results;

namespace KretPool.Analysis.Tests;

public sealed class RegressionTests
{
    [Fact]
    public void The_night_of_a_change_is_found_with_its_size()
    {
        var change = Assert.Single(RegressionFinder.Find(Nights(30, night => night < 18 ? 1e8 : 0.88e8), new RegressionOptions()));

        Assert.Equal(SampleResults.Night.AddDays(18), change.ChangedUtc);
        Assert.Equal(SampleResults.Night.AddDays(17), change.LastBeforeUtc);
        Assert.Equal(0.88, change.Ratio, 0.01);
        Assert.InRange(0.88, change.RatioLow!.Value, change.RatioHigh!.Value);
        Assert.Equal((PoolVerdict.Slower, 18, 12), (change.Verdict, change.RunsBefore, change.RunsAfter));
        Assert.True(change.Confidence > 0.99);
    }

    [Fact]
    public void What_else_changed_that_night_is_said()
    {
        var nights = Nights(20, night => night < 10 ? 1e8 : 0.8e8);
        nights.FindAll(result => result.StartedUtc >= SampleResults.Night.AddDays(10)).ForEach(result => result.Kernel = "Linux 6.2");

        Assert.Equal("kernel: Linux 6.1 -> Linux 6.2", Assert.Single(RegressionFinder.Find(nights, new RegressionOptions())).EnvironmentDifferences);
    }

    [Fact]
    public void Two_changes_in_a_series_are_both_found()
    {
        var changes = RegressionFinder.Find(
            Nights(45, night => night < 15 ? 1e8 : night < 30 ? 0.85e8 : 0.7e8), new RegressionOptions());

        Assert.Equal([15, 30], changes.Select(change => (change.ChangedUtc - SampleResults.Night).Days));
    }

    [Fact]
    public void A_single_odd_night_is_no_change() =>
        Assert.Empty(RegressionFinder.Find(Nights(30, night => night == 12 ? 0.5e8 : 1e8), new RegressionOptions()));

    [Fact]
    public void An_improvement_is_told_only_if_asked_for()
    {
        var nights = Nights(20, night => night < 10 ? 1e8 : 1.2e8);

        Assert.Empty(RegressionFinder.Find(nights, new RegressionOptions()));
        Assert.Equal(PoolVerdict.Faster, Assert.Single(RegressionFinder.Find(nights, new RegressionOptions { IncludeImprovements = true })).Verdict);
    }

    [Fact]
    public void Series_are_looked_at_apart()
    {
        var nights = Nights(20, night => night < 10 ? 1e8 : 0.8e8);
        var other = Nights(20, _ => 1e8);
        other.ForEach(result => result.HostName = "other");

        Assert.Equal("box", Assert.Single(RegressionFinder.Find([.. nights, .. other], new RegressionOptions())).HostName);
    }

    // At 99 % sure one in a hundred may be called; noise twice as large as the threshold must not change that.
    [Theory]
    [InlineData(0.03)]
    [InlineData(0.10)]
    public void Quiet_histories_are_left_in_peace(double spread)
    {
        var options = new RegressionOptions { IncludeImprovements = true };
        int called = Enumerable.Range(0, 100).Count(seed => RegressionFinder.Find(Nights(30, _ => 1e8, spread, seed), options).Count > 0);

        Assert.InRange(called, 0, 4);
    }

    [Fact]
    public void A_plain_change_is_dated_to_the_night_and_found_when_it_has_lasted_for_two()
    {
        foreach (int after in (int[])[2, 3, 10])
        {
            int exact = Enumerable.Range(0, 50).Count(seed =>
                RegressionFinder.Find(Nights(30, night => night < 30 - after ? 1e8 : 0.8e8, 0.02, seed), new RegressionOptions())
                    is [var change] && (change.ChangedUtc - SampleResults.Night).Days == 30 - after);

            Assert.InRange(exact, 48, 50);
        }
    }

    [Fact]
    public void A_change_that_was_undone_later_is_found()
    {
        var changes = RegressionFinder.Find(
            Nights(45, night => night is >= 15 and < 25 ? 0.85e8 : 1e8, 0.02), new RegressionOptions { IncludeImprovements = true });

        Assert.Equal([(15, PoolVerdict.Slower), (25, PoolVerdict.Faster)], changes.Select(change => ((change.ChangedUtc - SampleResults.Night).Days, change.Verdict)));
    }

    [Fact]
    public void A_series_that_falls_little_by_little_is_told_as_such()
    {
        var change = Assert.Single(RegressionFinder.Find(Nights(60, night => 1e8 * (1 - (0.2 * night / 59)), 0.03), new RegressionOptions()));

        Assert.True(change.IsGradual);
        Assert.Equal(0.8, change.Ratio, 0.04);
        Assert.Equal(PoolVerdict.Slower, change.Verdict);
    }

    [Fact]
    public void One_series_that_changed_is_found_among_many_that_did_not()
    {
        List<PoolBenchmarkResult> all = [];
        for (int series = 0; series < 100; series++)
        {
            var nights = Nights(20, night => series == 7 && night >= 12 ? 0.8e8 : 1e8, 0.02, series);
            nights.ForEach(result => result.HostName = $"host {series}");
            all.AddRange(nights);
        }

        Assert.Equal("host 7", Assert.Single(RegressionFinder.Find(all, new RegressionOptions())).HostName);
    }

    [Fact]
    public void Results_that_do_not_tell_their_run_are_of_one_each()
    {
        var nights = Nights(20, night => night < 10 ? 1e8 : 0.8e8);
        nights.ForEach(result => result.RunId = Guid.Empty);

        Assert.Equal(20, RegressionFinder.LongestHistory(nights));
        Assert.Single(RegressionFinder.Find(nights, new RegressionOptions()));
    }

    [Fact]
    public void A_history_without_any_noise_is_no_trouble()
    {
        Assert.Empty(RegressionFinder.Find(Nights(20, _ => 1e8, spread: 0), new RegressionOptions { IncludeImprovements = true }));
        Assert.Equal(0.8, Assert.Single(RegressionFinder.Find(Nights(20, night => night < 12 ? 1e8 : 0.8e8, spread: 0), new RegressionOptions())).Ratio, 1e-9);
    }

    private static List<PoolBenchmarkResult> Nights(int count, Func<int, double> rate, double spread = 0.01, int seed = 0) =>
    [
        .. Enumerable.Range(0, count).Select(night =>
        {
            var result = SampleResults.Make("KretPool", 2, rate(night), spread, samples: 9, seed: (seed * 1000) + night);
            result.StartedUtc = SampleResults.Night.AddDays(night);
            result.RunId = new Guid(night + 1, 0, 0, new byte[8]);
            result.OpsPerSec = SampleResults.Noise(rate(night), spread, 1, new Random((seed * 1000) + night))[0];
            return result;
        }),
    ];
}
