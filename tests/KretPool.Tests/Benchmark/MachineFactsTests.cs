using KretPool.Benchmark.Machine;

namespace KretPool.Tests.Benchmark;

public class MachineFactsTests
{
    [Fact]
    public void Time_that_others_use_is_what_is_busy_and_not_our_own()
    {
        var before = CpuTimes.ParseStat("cpu  100 0 100 5000 50 0 0 10 0 0", TimeSpan.FromSeconds(1))!;
        var after = CpuTimes.ParseStat("cpu  300 0 200 9000 90 0 0 60 0 0", TimeSpan.FromSeconds(3))!;
        var tenSecondsLater = after with { At = before.At + (10 * System.Diagnostics.Stopwatch.Frequency) };

        Assert.Equal(0.1, before.OthersUntil(tenSecondsLater), 1e-9);
        Assert.Equal(0.05, before.StolenUntil(tenSecondsLater)!.Value, 1e-9);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("cpu 1 2 3")]
    public void A_machine_that_does_not_tell_its_CPU_times_gives_none(string? line) =>
        Assert.Null(CpuTimes.ParseStat(line, TimeSpan.Zero));
}
