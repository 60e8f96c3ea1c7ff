using System.Text;

namespace KretPool.Topology.Linux;

/// <summary>A mounted cgroup hierarchy.</summary>
/// <param name="Directory">Where it is mounted, relative to the root of the tree.</param>
/// <param name="Root">The cgroup that its top is: <c>/</c>, or another one in a container.</param>
/// <param name="Kind">How its files are named.</param>
/// <param name="Controllers">Controllers of a v1 hierarchy, with commas around: <c>,cpu,cpuacct,</c>.</param>
internal sealed record CgroupMount(string Directory, string Root, CgroupKind Kind, string Controllers)
{
    /// <summary>Reads the mounts from /proc/self/mountinfo, or /proc/mounts where that is missing.</summary>
    public static List<CgroupMount> Read(KernelFiles files)
    {
        var mounts = new List<CgroupMount>();
        bool detailed = files.Text("proc/self/mountinfo") is { Length: > 0 };
        string text = (detailed ? files.Text("proc/self/mountinfo") : files.Text("proc/mounts")) ?? "";
        foreach (string line in text.Split('\n'))
        {
            if (!line.Contains("cgroup", StringComparison.Ordinal) && !line.Contains("cpuset", StringComparison.Ordinal))
            {
                continue;
            }

            string[] fields = line.Split(' ');
            // mountinfo: id parent device root mount-point options [tags] - type source super-options
            // mounts: source mount-point type options 0 0
            int type = detailed ? Array.IndexOf(fields, "-") + 1 : 2;
            int options = detailed ? type + 2 : 3;
            if (type == 0 || options >= fields.Length || (detailed && type < 6)
                || KindOf(fields[type], fields[options]) is not { } kind)
            {
                continue;
            }

            string directory = Unescape(fields[detailed ? 4 : 1]).Trim('/');
            string root = detailed ? Unescape(fields[3]) : "/";
            mounts.Add(new(directory, root, kind, $",{fields[options]},"));
        }

        return mounts;
    }

    private static CgroupKind? KindOf(string type, string options) => type switch
    {
        "cgroup2" => CgroupKind.V2,
        "cgroup" when $",{options},".Contains(",noprefix,", StringComparison.Ordinal) => CgroupKind.Cpuset,
        "cgroup" => CgroupKind.V1,
        "cpuset" => CgroupKind.Cpuset,
        _ => null,
    };

    // The kernel writes blanks in a path as \040.
    private static string Unescape(string field)
    {
        if (!field.Contains('\\', StringComparison.Ordinal))
        {
            return field;
        }

        var text = new StringBuilder(field.Length);
        for (int i = 0; i < field.Length; i++)
        {
            if (field[i] == '\\' && i + 3 < field.Length && field.AsSpan(i + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0)
            {
                text.Append((char)(((field[i + 1] - '0') * 64) + ((field[i + 2] - '0') * 8) + field[i + 3] - '0'));
                i += 3;
            }
            else
            {
                text.Append(field[i]);
            }
        }

        return text.ToString();
    }
}

/// <summary>How the files of a cgroup hierarchy are named.</summary>
internal enum CgroupKind
{
    /// <summary>The old cpuset file system: <c>cpus</c>.</summary>
    Cpuset,

    /// <summary>cgroup v1: <c>cpuset.cpus</c>, <c>cpu.cfs_quota_us</c>.</summary>
    V1,

    /// <summary>cgroup v2: <c>cpuset.cpus.effective</c>, <c>cpu.max</c>.</summary>
    V2,
}
