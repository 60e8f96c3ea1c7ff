using KretPool.Topology.Capture;

namespace KretPool.Tests.Topology;

/// <summary>Samples were compressed with the reference implementation (bzip2 1.0).</summary>
public sealed class BZip2StreamTests
{
    private const string Hello = "QlpoOTFBWSZTWVSkl4QAAALRgAAQQAQGRJCAIAAxADAgaGIASdSyHz8XckU4UJBUpJeE";
    private const string Blocks = "QlpoMTFBWSZTWc6d+N4AK2SXgEAAAAhAAAIElAAgAHBDAgTVRDynqURLiURLUoiWpREtkoiWJREsSiJalES/MUFZJlNZzp343gArZJeAQAAACEAAAgSUACAAcEMCBNVEPKepREuJREtSiJalES2SiJYlESxKIlqURL8xQVkmU1nOnfjeACtkl4BAAAAIQAACBJQAIABwQwIE1UQ8p6lES4lES1KIlqURLZKIliURLEoiWpREvzFBWSZTWWjQiO0AGhCXgEAAAAhAAAIElAAgAHBDAgKVEPKewglyEEthBLYQS1CCWQglkIJbCCX4u5IpwoSF25rm6A==";

    public static TheoryData<string, byte[]> Samples => new()
    {
        { "QlpoORdyRThQkAAAAAA=", [] },
        { Hello, "hello, world\n"u8.ToArray() },
        {
            "QlpoOTFBWSZTWS4+vqAAAALBAcAAPAAAgAAIIAAhJNGQhgHtUgLlYpWqOhvi7kinChIFx9fUAA==",
            [.. Enumerable.Repeat((byte)'a', 1000), .. "bbbb"u8, .. Enumerable.Repeat((byte)'c', 259), .. "ddd"u8]
        },
        { "QlpoOTFBWSZTWe3ga8wAAAF/////////////////////////////////////////////sAFgAS//9VVQJgJgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACTAATAAEwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAASYACYAAmAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAH9QFAkDQRBX/IMg6EIShSFoY/9DUOQ9EERRJE0URVFkXRhGUaRtHEdR5H0gSFIkjSRJUmSdKEpSpK0sS1LkvTBMUyTNNE1TZN04TlOk7TxPU+T9QFBUJQ1EUVRlHUhSVKUtTFNU5T1QVFUlTVRVVWVdWFZVpW1cV1XlfWBYViWNZFlWZZ1oWlalrWxbVuW9cFxXJc10XVdl3XheV6XtfF9X5f2AYFgmDYRhWGYdiGJYpi2MY1jmPZBkWSZNlGVZZl2YZlmmbZxnWeZ9oGhaJo2kaVpmnahqWqatrGta5r2wbFsmzbRtW2bduG5bpu28b1vm/cBwXCcNxHFcZx3IclynLcxzXOc90HRdJ03UdV1nXdh2Xadt3Hdd533geF4njeR5Xmed6Hpep63se17nvfB8XyfN9H1fZ934fl+n7fx/X+F3JFOFCQ7eBrzAA==", [.. Enumerable.Range(0, 768).Select(i => (byte)i)] },
        { Blocks, Text("KretPool ", 40_000) },
    };

    [Theory]
    [MemberData(nameof(Samples), DisableDiscoveryEnumeration = true)]
    public void What_was_compressed_comes_back(string compressed, byte[] original) =>
        Assert.Equal(original, Decompress(Convert.FromBase64String(compressed)));

    [Fact]
    public void Streams_that_follow_each_other_read_as_one() =>
        Assert.Equal(
            "hello, world\nhello, world\n"u8.ToArray(),
            Decompress([.. Convert.FromBase64String(Hello), .. Convert.FromBase64String(Hello)]));

    [Fact]
    public void Reading_a_byte_at_a_time_gives_the_same()
    {
        using var stream = new BZip2Stream(new MemoryStream(Convert.FromBase64String(Hello)));
        var bytes = new List<byte>();
        for (int next = stream.ReadByte(); next >= 0; next = stream.ReadByte())
        {
            bytes.Add((byte)next);
        }

        Assert.Equal("hello, world\n"u8.ToArray(), bytes);
    }

    [Fact]
    public void Data_that_are_cut_off_anywhere_are_refused()
    {
        byte[] whole = Convert.FromBase64String(Hello);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.ThrowsAny<Exception>(() => Decompress(whole[..length]));
        }
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_noticed_or_changes_nothing()
    {
        byte[] whole = Convert.FromBase64String(Hello);
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] damaged = [.. whole];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            var error = Record.Exception(() => Assert.Equal("hello, world\n"u8.ToArray(), Decompress(damaged)));
            Assert.True(error is null or InvalidDataException or EndOfStreamException, $"bit {bit}: {error}");
        }
    }

    [Fact]
    public void Data_of_another_format_are_refused() =>
        Assert.Throws<InvalidDataException>(() => Decompress("PK\u0003\u0004 and more"u8.ToArray()));

    private static byte[] Decompress(byte[] compressed)
    {
        using var stream = new BZip2Stream(new MemoryStream(compressed));
        using var result = new MemoryStream();
        stream.CopyTo(result);
        return result.ToArray();
    }

    private static byte[] Text(string text, int times) =>
        System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, times)));
}
