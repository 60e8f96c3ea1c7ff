namespace KretPool.Topology.Capture;

/// <summary>
/// The running system's files. It also answers for the facts that no file tells, under names that a capture can hold:
/// <see cref="HypervisorFile"/>, and the architecture on kernels before 6.1.
/// </summary>
internal sealed class LiveTree : FileTree
{
    public const string ArchitectureFile = "proc/sys/kernel/arch";
    public const string HypervisorFile = "kretpool/hypervisor";

    private readonly PosixFileReader _reader = new();

    public override string Name => "this machine";

    public override FileText Read(string path)
    {
        if (path == HypervisorFile)
        {
            return CpuIdHypervisor.Name is { } hypervisor ? new(hypervisor, null) : FileText.Missing;
        }

        var file = _reader.Read("/" + path);
        return path == ArchitectureFile && file.Text is null ? new(KernelArchitecture.Name, null) : file;
    }

    public override IReadOnlyList<string> List(string directory, string prefix)
    {
        var names = new List<string>();
        string path = "/" + directory;
        if (!Directory.Exists(path))
        {
            return names; // Many are missing on any one machine, and an exception takes milliseconds.
        }

        try
        {
            foreach (string entry in Directory.EnumerateFileSystemEntries(path, prefix + "*"))
            {
                names.Add(Path.GetFileName(entry));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            names.Clear();
        }

        return names;
    }

    public override bool Exists(string path) => Path.Exists("/" + path);

    public override string? RealPath(string path)
    {
        try
        {
            return new FileInfo("/" + path).ResolveLinkTarget(returnFinalTarget: true)?.FullName.TrimStart('/') ?? path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
