namespace KretPool.Topology.Capture;

/// <summary>Passes everything on to another tree and remembers what was found, so that a capture holds just that.</summary>
internal sealed class RecordingTree(FileTree tree) : FileTree
{
    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _directories = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _links = new(StringComparer.Ordinal);

    public override string Name => tree.Name;

    /// <summary>The text of every file that was read, by path.</summary>
    public IReadOnlyDictionary<string, string> Files => _files;

    /// <summary>Entries that were seen and not read, and are not implied by a file below them.</summary>
    public IEnumerable<string> EmptyDirectories => _directories.Where(
        directory => !_files.ContainsKey(directory) && !_links.ContainsKey(directory)
            && !_files.Keys.Any(file => file.StartsWith(directory + "/", StringComparison.Ordinal)));

    /// <summary>Where links lead that were followed for their own sake, by path.</summary>
    public IReadOnlyDictionary<string, string> Links => _links;

    public override FileText Read(string path)
    {
        var file = tree.Read(path);
        if (file.Text is not null)
        {
            _files[path] = file.Text;
        }

        return file;
    }

    public override IReadOnlyList<string> List(string directory, string prefix)
    {
        var names = tree.List(directory, prefix);
        foreach (string name in names)
        {
            _directories.Add($"{directory}/{name}");
        }

        return names;
    }

    public override bool Exists(string path)
    {
        bool exists = tree.Exists(path);
        if (exists)
        {
            _directories.Add(path);
        }

        return exists;
    }

    public override string? RealPath(string path)
    {
        string? real = tree.RealPath(path);
        if (real is not null && real != path)
        {
            _links[path] = real;
        }

        return real;
    }
}
