using KretPool.Benchmark;

namespace KretPool.Tests.Benchmark;

public class OptionTextTests
{
    [Theory]
    [InlineData("default", "Default")]
    [InlineData("LOCAL", "Local")]
    [InlineData("Interleave", "Interleave")]
    [InlineData("node1", "Node 1")]
    [InlineData(" Node 12 ", "Node 12")]
    public void A_memory_policy_is_read_in_any_case_and_written_in_one(string text, string written) =>
        Assert.Equal(written, MemoryPolicy.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("Node")]
    [InlineData("Node -1")]
    [InlineData("Nearest")]
    public void Junk_is_no_memory_policy(string text) =>
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => MemoryPolicy.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("none", "None")]
    [InlineData("Flock", "Flock")]
    [InlineData("MPROTECT", "Mprotect")]
    [InlineData("read", "Read")]
    [InlineData("spin100", "Spin 100")]
    [InlineData("Spin 1", "Spin 1")]
    public void A_probed_routine_is_read_in_any_case_and_written_in_one(string text, string written) =>
        Assert.Equal(written, ProbedRoutine.Parse(text).ToString());

    [Theory]
    [InlineData("Spin")]
    [InlineData("Spin 0")]
    [InlineData("Spin 100000001")]
    [InlineData("Write")]
    public void Junk_is_no_probed_routine(string text) => Assert.Throws<FormatException>(() => ProbedRoutine.Parse(text));

    [Fact]
    public void A_text_that_is_no_list_names_the_option_and_the_text()
    {
        var error = Assert.Throws<BenchmarkOptionException>(() => BenchmarkLists.Sets("Cpu", ["0-3", "3-1"]));

        Assert.Equal("Cpu", error.Option);
        Assert.Contains("'3-1'", error.Message, StringComparison.Ordinal);
    }
}
