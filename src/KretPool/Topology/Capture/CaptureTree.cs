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

    // Files of one directory are read one after another: it need not be looked for each time.
    private string _lastDirectory = "";
    private TreeEntry? _lastEntry;

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
        var (entry, problem) = Find(path);
        return entry is null ? new(null, problem)
            : entry.Children is not null ? new(null, "unreadable: a directory")
            : entry.Read();
    }

    public override IReadOnlyList<string> List(string directory, string prefix)
    {
        var names = new List<string>();
        foreach (string name in Resolve(directory, []).Entry?.Children?.Keys ?? (IEnumerable<string>)[])
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                names.Add(name);
            }
        }

        return names;
    }

    public override bool Exists(string path) => Resolve(path, []).Entry is not null;

    public override string? RealPath(string path)
    {
        var way = new List<(string Name, TreeEntry Entry)>();
        return Resolve(path, way).Entry is null ? null : string.Join('/', way.ConvertAll(step => step.Name));
    }

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

    private (TreeEntry? Entry, string? Problem) Find(string path)
    {
        int slash = path.LastIndexOf('/');
        if (slash < 0)
        {
            return Resolve(path, []);
        }

        if (!path.AsSpan(0, slash).SequenceEqual(_lastDirectory))
        {
            _lastDirectory = path[..slash];
            _lastEntry = Resolve(_lastDirectory, []).Entry;
        }

        return _lastEntry?.Children is not { } children ? Resolve(path, [])
            : !children.TryGetValue(path[(slash + 1)..], out var entry) ? (null, FileText.Missing.Problem)
            : entry.LinkTarget is null ? (entry, null)
            : Resolve(path, []);
    }

    // The way is filled with the directories on the way down, so that .. is a step back.
    private (TreeEntry? Entry, string? Problem) Resolve(string path, List<(string Name, TreeEntry Entry)> way)
    {
        var rest = new Stack<string>();
        Push(rest, path);
        int links = 0;
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
                return (null, FileText.Missing.Problem);
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
