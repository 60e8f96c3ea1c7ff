namespace KretPool.Topology.Capture;

/// <summary>A file, a directory or a link of a capture.</summary>
internal abstract class TreeEntry
{
    /// <summary>Where a link leads; null for files and directories.</summary>
    public virtual string? LinkTarget => null;

    /// <summary>What a directory holds; null for files and links.</summary>
    public virtual Dictionary<string, TreeEntry>? Children => null;

    /// <summary>Reads a file.</summary>
    public abstract FileText Read();
}
