using System.Globalization;

namespace KretPool.Topology.Linux;

/// <summary>Reads the pools of huge pages of the machine or of a node.</summary>
/// <remarks>Documentation/admin-guide/mm/hugetlbpage.rst.</remarks>
internal static class HugePagePools
{
    private const string Prefix = "hugepages-";

    public static List<HugePages> Read(KernelFiles files, string directory)
    {
        var pools = new List<HugePages>();
        foreach (string name in files.Tree.List(directory, Prefix))
        {
            if (name.EndsWith("kB", StringComparison.Ordinal)
                && long.TryParse(
                    name.AsSpan(Prefix.Length, name.Length - Prefix.Length - 2),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out long kilobytes)
                && kilobytes is > 0 and < long.MaxValue / 1024
                && files.Number($"{directory}/{name}/nr_hugepages", expected: true) is { } total)
            {
                pools.Add(new(kilobytes * 1024, total, files.Number($"{directory}/{name}/free_hugepages")));
            }
        }

        pools.Sort((a, b) => a.PageBytes.CompareTo(b.PageBytes));
        return pools;
    }
}
