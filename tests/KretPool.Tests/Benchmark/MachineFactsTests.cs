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
    [InlineData("6.12.48-amd64\n", "Debian GNU/Linux 13 (trixie)", "Linux 6.12.48-amd64, Debian GNU/Linux 13 (trixie)")]
    [InlineData("6.12.48-amd64\n", "Linux 6.12.48-amd64 #1 SMP", "Linux 6.12.48-amd64 #1 SMP")]
    [InlineData(null, "Microsoft Windows 10.0.26100", "Microsoft Windows 10.0.26100")]
    [InlineData("", "Darwin 24.6.0", "Darwin 24.6.0")]
    public void Two_kernels_of_one_distribution_can_be_told_apart(string? release, string system, string kernel) =>
        Assert.Equal(kernel, MachineFacts.DescribeKernel(release, system));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("cpu 1 2 3")]
    public void A_machine_that_does_not_tell_its_CPU_times_gives_none(string? line) =>
        Assert.Null(CpuTimes.ParseStat(line, TimeSpan.Zero));
}
