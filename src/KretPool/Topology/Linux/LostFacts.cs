using System.Text;

namespace KretPool.Topology.Linux;

/// <summary>Remembers which files gave no fact, and tells it briefly: the same trouble with the same file of 500 CPUs
/// is one line.</summary>
internal sealed class LostFacts
{
    private readonly List<(string Path, string Problem)> _lost = [];

    public void Add(string path, string problem) => _lost.Add((path, problem));

    public IReadOnlyList<string> Summary()
    {
        if (_lost.Count == 0)
        {
            return [];
        }

        var lines = new List<string>();
        var seen = new Dictionary<(string Pattern, string Problem), (int Line, int Count, string First)>();
        foreach (var (path, problem) in _lost)
        {
            var key = (Pattern(path), problem);
            if (seen.TryGetValue(key, out var group))
            {
                group.Count++;
                lines[group.Line] = $"{key.Item1}: {problem} ({group.Count} files, first {group.First})";
                seen[key] = group;
            }
            else
            {
                seen[key] = (lines.Count, 1, path);
                lines.Add($"{path}: {problem}");
            }
        }

        return lines;
    }

    // sys/devices/system/cpu/cpu12/cache/index3 and its like are alike but for the numbers.
    private static string Pattern(string path)
    {
        var pattern = new StringBuilder(path.Length);
        for (int i = 0; i < path.Length; i++)
        {
            bool digit = char.IsAsciiDigit(path[i]);
            if (!digit)
            {
                pattern.Append(path[i]);
            }
            else if (i == 0 || !char.IsAsciiDigit(path[i - 1]))
            {
                pattern.Append('*');
            }
        }

        return pattern.ToString();
    }
}
