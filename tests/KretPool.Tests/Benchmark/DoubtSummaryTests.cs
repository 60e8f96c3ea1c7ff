using KretPool.Benchmark.Run;

namespace KretPool.Tests.Benchmark;

public class DoubtSummaryTests
{
    [Fact]
    public void A_topic_is_one_sentence_with_the_worst_case_and_how_many_results_it_concerns()
    {
        var summary = new DoubtSummary();
        summary.Add([new Doubt("spread", "spread by 12%", 0.12)]);
        summary.Add([]);
        summary.Add([new Doubt("spread", "spread by 60%", 0.6), new Doubt("load", "load 1.5", 1.5)]);

        Assert.Equal(
            ["spread by 60% (2 of 3 results, this the worst)", "load 1.5 (1 of 3 results, this the worst)"], summary.Sentences);
    }

    [Fact]
    public void What_is_the_same_for_all_results_is_said_as_it_is()
    {
        var summary = new DoubtSummary();
        summary.Add([new Doubt("build", "debug build")]);
        summary.Add([new Doubt("build", "debug build")]);

        Assert.Equal(["debug build"], summary.Sentences);
    }
}
