using System.Globalization;
using System.Text.RegularExpressions;
using KretPool.Topology.Linux;

namespace KretPool.Topology.Capture;

/// <summary>
/// Leaves out of a capture what tells whose machine it is: host names, serial numbers, UUIDs, ids of containers. Files
/// that hold more than the reader uses are cut down to the lines that it does use.
/// </summary>
internal sealed partial class CapturePrivacy(string hostName)
{
    private readonly Dictionary<string, string> _ids = [];

    /// <summary>The text of a file, cleaned.</summary>
    public string Clean(string path, string text) => path switch
    {
        CpuInfo.File => Identification().Replace(KeepLines(text, line => !Serial().IsMatch(line)), "${1}000000"),
        "proc/self/status" => KeepLines(text, line => line.StartsWith("Cpus_allowed", StringComparison.Ordinal)),
        "proc/self/mountinfo" or "proc/mounts" => CleanPath(KeepLines(text, IsCgroupMount)),
        "proc/self/cgroup" or "proc/self/cpuset" => CleanPath(text),
        "proc/cmdline" => string.Join(' ', text.Split(' ', '\n').Where(IsCpuParameter)),
        "proc/sysinfo" => KeepLines(text, line => line.Contains("Control Program:", StringComparison.Ordinal)
            || line.StartsWith("LPAR Number:", StringComparison.Ordinal)),
        "proc/bus/pci/devices" => KeepColumns(text, 2),
        "proc/meminfo" => KeepLines(text, line => line.StartsWith("Mem", StringComparison.Ordinal)),
        _ => text,
    };

    /// <summary>The path of a file, or text that holds paths, without ids; the same id becomes the same name everywhere.</summary>
    public string CleanPath(string path)
    {
        path = Id().Replace(path, match =>
        {
            if (!_ids.TryGetValue(match.Value, out string? name))
            {
                _ids[match.Value] = name = string.Create(CultureInfo.InvariantCulture, $"id{_ids.Count + 1}");
            }

            return name;
        });
        return hostName.Length == 0
            ? path
            : Regex.Replace(path, $@"(?<![\w-]){Regex.Escape(hostName)}(?![\w-])", "host", RegexOptions.IgnoreCase);
    }

    private static bool IsCgroupMount(string line) =>
        line.Contains(" cgroup", StringComparison.Ordinal) || line.Contains(" cpuset ", StringComparison.Ordinal);

    private static bool IsCpuParameter(string word) =>
        word.StartsWith("isolcpus=", StringComparison.Ordinal) || word.StartsWith("nohz_full=", StringComparison.Ordinal);

    private static string KeepLines(string text, Func<string, bool> keep) =>
        string.Concat(text.Split('\n').Where(line => line.Length == 0 || keep(line)).Select(line => line + "\n")).TrimEnd('\n') + "\n";

    private static string KeepColumns(string text, int count) =>
        string.Join('\n', text.Split('\n').Select(line => string.Join('\t', line.Split('\t').Take(count))));

    // UUIDs, with - or _ between, and the long hexadecimal ids of containers.
    [GeneratedRegex(@"[0-9a-fA-F]{8}([-_])[0-9a-fA-F]{4}\1[0-9a-fA-F]{4}\1[0-9a-fA-F]{4}\1[0-9a-fA-F]{12}|[0-9a-fA-F]{12,}")]
    private static partial Regex Id();

    [GeneratedRegex(@"^Serial\s*:", RegexOptions.IgnoreCase)]
    private static partial Regex Serial();

    // s390 puts the serial number of the processor here.
    [GeneratedRegex(@"(identification = )[0-9A-Fa-f]+")]
    private static partial Regex Identification();
}
