namespace KretPool.Cmdlets.Tests;

public sealed class InvokePoolBenchmarkTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    private const string Short = "-IterationTime 2ms -WarmupTime 0 -IterationCount 6";

    [Fact]
    public void A_sweep_gives_a_result_for_each_kind_and_thread_count_in_the_order_of_the_plan()
    {
        var results = session.Run(
            $"Invoke-PoolBenchmark ConcurrentBag,DefaultObjectPool -ThreadCount 1,2 -Placement None {Short}"
            + " | ForEach-Object { \"$($_.Kind) $($_.ThreadCount)\" }");

        Assert.Equal(
            ["ConcurrentBag 1", "DefaultObjectPool 1", "ConcurrentBag 2", "DefaultObjectPool 2"],
            results.Select(result => result.ToString()));
    }
}
