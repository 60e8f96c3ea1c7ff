namespace KretPool.Topology.Capture;

/// <summary>
/// The files of a machine: the running system's, or those of a capture. Paths are relative, with <c>/</c> between
/// (<c>sys/devices/system/cpu/online</c>). Nothing here throws for what a file holds or lacks.
/// </summary>
internal abstract class FileTree : IDisposable
{
    /// <summary>Bytes of a file that are read: the largest that matters is /proc/cpuinfo, below 4 MiB with 1,000 CPUs.</summary>
    public const int MaxFileBytes = 16 << 20;

    /// <summary>What operators call this tree.</summary>
    public abstract string Name { get; }

    /// <summary>Reads a file.</summary>
    public abstract FileText Read(string path);

    /// <summary>Names in a directory that start with a prefix, in no order; none if there is no such directory.</summary>
    public abstract IReadOnlyList<string> List(string directory, string prefix);

    /// <summary>Whether there is a file or a directory.</summary>
    public abstract bool Exists(string path);

    /// <summary>Where a path leads once its links are followed, inside the tree; null if nowhere.</summary>
    public abstract string? RealPath(string path);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
