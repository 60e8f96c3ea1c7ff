using System.Runtime.InteropServices;

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
        return path == ArchitectureFile && file.Text is null ? new(KernelArchitecture, null) : file;
    }

    public override IReadOnlyList<string> List(string directory, string prefix)
    {
        var names = new List<string>();
        try
        {
            foreach (string entry in Directory.EnumerateFileSystemEntries("/" + directory, prefix + "*"))
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

    // The names that uname -m gives.
    private static string KernelArchitecture => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "x86_64",
        System.Runtime.InteropServices.Architecture.X86 => "i686",
        System.Runtime.InteropServices.Architecture.Arm64 => "aarch64",
        System.Runtime.InteropServices.Architecture.Arm => "armv7l",
        System.Runtime.InteropServices.Architecture.S390x => "s390x",
        System.Runtime.InteropServices.Architecture.Ppc64le => "ppc64le",
        System.Runtime.InteropServices.Architecture.RiscV64 => "riscv64",
        System.Runtime.InteropServices.Architecture.LoongArch64 => "loongarch64",
        var other => other.ToString(),
    };
}
