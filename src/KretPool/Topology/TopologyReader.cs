using KretPool.Topology.Capture;
using KretPool.Topology.Linux;
using KretPool.Topology.MacOS;
using KretPool.Topology.Windows;

namespace KretPool.Topology;

/// <summary>Reads the topology of a machine. Safe to use from several threads at once.</summary>
public static class TopologyReader
{
    /// <summary>Reads this machine.</summary>
    /// <returns>Its topology. What cannot be read is missing in it and named in <see cref="CpuTopology.LostFacts"/>.</returns>
    public static CpuTopology ReadThisMachine()
    {
        if (OperatingSystem.IsWindows())
        {
            return WindowsTopology.Read();
        }

        if (OperatingSystem.IsMacOS())
        {
            return MacTopology.Read();
        }

        using var tree = new LiveTree();
        return LinuxTopology.Read(tree);
    }

    /// <summary>Reads a capture of a Linux machine. Nothing outside it is touched: links lead to places inside it.</summary>
    /// <param name="path">A folder that holds <c>sys</c> and <c>proc</c>, or a .tar, .tar.gz, .tar.bz2 or .zip of one.</param>
    /// <returns>Its topology. What cannot be read is missing in it and named in <see cref="CpuTopology.LostFacts"/>.</returns>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    /// <exception cref="InvalidDataException">It is not a capture, or an archive that is torn, too large, or has an entry
    /// that climbs out of it. The message names it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static CpuTopology ReadCapture(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileTree tree =
            Directory.Exists(path) ? new CaptureTree(path, FolderEntry.Top(path))
            : File.Exists(path) ? ArchiveReader.Read(path)
            : throw new FileNotFoundException($"There is no capture '{path}'. Give a folder that holds sys and proc, or an archive of one.", path);
        return LinuxTopology.Read(tree);
    }
}
