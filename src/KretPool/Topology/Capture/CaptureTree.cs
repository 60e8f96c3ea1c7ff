namespace KretPool.Topology.Capture;

/// <summary>
/// The files of a capture. Links are followed by walking the capture itself: an absolute one starts at its root, and
/// <c>..</c> at the root stays there, so that no path leads out of it.
/// </summary>
internal sealed class CaptureTree : FileTree
{
    /// <summary>Links followed on one path before it counts as a circle: what Linux allows.</summary>
    private const int MaxLinks = 40;

    /// <summary>How deep a capture's own top folders may be.</summary>
    private const int MaxTopFolders = 3;

    private readonly TreeEntry _root;

    /// <summary>Finds the root of the machine in a capture: the folder that holds sys or proc.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public CaptureTree(string name, TreeEntry top)
    {
        Name = name;
        _root = FindRoot(top, MaxTopFolders)
            ?? throw new InvalidDataException($"'{name}' is not a capture of a Linux machine: it holds neither a sys nor a proc folder.");
    }

    public override string Name { get; }

    public override FileText Read(string path)
    {
        var (entry, problem) = Resolve(path, out _);
        return entry is null ? new(null, problem)
            : entry.Children is not null ? new(null, "unreadable: a directory")
            : entry.Read();
    }

    public override IReadOnlyList<string> List(string directory, string prefix)
    {
        var names = new List<string>();
        foreach (string name in Resolve(directory, out _).Entry?.Children?.Keys ?? (IEnumerable<string>)[])
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                names.Add(name);
            }
        }

        return names;
    }

    public override bool Exists(string path) => Resolve(path, out _).Entry is not null;

    public override string? RealPath(string path) => Resolve(path, out string real).Entry is null ? null : real;

    private static TreeEntry? FindRoot(TreeEntry top, int depth)
    {
        if (top.Children is not { } children)
        {
            return null;
        }

        if (children.ContainsKey("sys") || children.ContainsKey("proc"))
        {
            return top;
        }

        TreeEntry? root = null;
        foreach (var child in children.Values)
        {
            root ??= depth > 0 && child.LinkTarget is null ? FindRoot(child, depth - 1) : null;
        }

        return root;
    }

    private (TreeEntry? Entry, string? Problem) Resolve(string path, out string real)
    {
        var missing = ((TreeEntry?)null, FileText.Missing.Problem);
        // The directories on the way down, so that .. is a step back.
        var way = new List<(string Name, TreeEntry Entry)>();
        var rest = new Stack<string>();
        Push(rest, path);
        int links = 0;
        real = "";
        while (rest.TryPop(out string? name))
        {
            if (name == "..")
            {
                if (way.Count > 0)
                {
                    way.RemoveAt(way.Count - 1);
                }

                continue;
            }

            var directory = way.Count > 0 ? way[^1].Entry : _root;
            if (directory.Children is not { } children || !children.TryGetValue(name, out var entry))
            {
                return missing;
            }

            if (entry.LinkTarget is not { } target)
            {
                way.Add((name, entry));
                continue;
            }

            if (++links > MaxLinks)
            {
                return (null, "links go in a circle");
            }

            if (target.StartsWith('/'))
            {
                way.Clear();
            }

            Push(rest, target);
        }

        real = string.Join('/', way.ConvertAll(step => step.Name));
        return (way.Count > 0 ? way[^1].Entry : _root, null);
    }

    private static void Push(Stack<string> rest, string path)
    {
        string[] parts = path.Split('/');
        for (int i = parts.Length - 1; i >= 0; i--)
        {
            if (parts[i] is not ("" or "."))
            {
                rest.Push(parts[i]);
            }
        }
    }
}
