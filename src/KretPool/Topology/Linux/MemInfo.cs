using System.Globalization;

namespace KretPool.Topology.Linux;

/// <summary>Finds a value in /proc/meminfo or a node's meminfo.</summary>
internal static class MemInfo
{
    /// <summary>The bytes of <c>MemTotal:  8386704 kB</c>; null if there is no such line.</summary>
    public static long? Bytes(string text, string name)
    {
        int start = text.IndexOf(name, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        var rest = text.AsSpan(start + name.Length);
        int end = rest.IndexOf('\n');
        var value = (end < 0 ? rest : rest[..end]).Trim();
        return value.EndsWith(" kB")
            && long.TryParse(value[..^3].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long kilobytes)
            && kilobytes <= long.MaxValue / 1024
            ? kilobytes * 1024
            : null;
    }
}
