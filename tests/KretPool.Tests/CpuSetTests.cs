using KretPool.Topology;

namespace KretPool.Tests;

public class CpuSetTests
{
    [Theory]
    [InlineData("", 0, "")]
    [InlineData(" 0-3,8\n", 5, "0-3,8")]
    [InlineData("5,4,3", 3, "3-5")]
    [InlineData("0-30:2/4", 16, "0-1,4-5,8-9,12-13,16-17,20-21,24-25,28-29")]
    public void A_list_in_the_kernels_form_is_read_and_written(string text, int count, string canonical)
    {
        var set = CpuSet.Parse(text);

        Assert.Equal(count, set.Count);
        Assert.Equal(canonical, set.ToString());
    }

    [Theory]
    [InlineData("(null)")]
    [InlineData("3-1")]
    [InlineData("1,,2")]
    [InlineData("-1")]
    [InlineData("1-")]
    [InlineData("99999999")]
    [InlineData("0-8:3/2")]
    public void Junk_is_refused_and_named(string text)
    {
        var error = Assert.Throws<FormatException>(() => CpuSet.Parse(text));

        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }
}
