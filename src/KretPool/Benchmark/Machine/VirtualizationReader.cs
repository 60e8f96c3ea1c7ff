using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace KretPool.Benchmark.Machine;

/// <summary>Finds the hypervisor and the container that the process runs in.</summary>
/// <remarks>
/// Looks at the same places as systemd-detect-virt, its source src/basic/virt.c: the hypervisor's leaves of the CPUID
/// instruction, the names in the firmware's tables, and the marks that container runtimes leave.
/// </remarks>
internal static class VirtualizationReader
{
    private static readonly (string Sign, string Name)[] s_hypervisors =
    [
        ("KVMKVMKVM", "KVM"),
        ("Linux KVM Hv", "KVM"),
        ("Microsoft Hv", "Hyper-V"),
        ("VMwareVMware", "VMware"),
        ("XenVMMXenVMM", "Xen"),
        ("TCGTCGTCGTCG", "QEMU"),
        ("VBoxVBoxVBox", "VirtualBox"),
        ("bhyve bhyve", "bhyve"),
        ("prl hyperv", "Parallels"),
        ("Amazon EC2", "Amazon EC2"),
        ("Google Compute Engine", "Google Compute Engine"),
        ("KVM", "KVM"),
        ("QEMU", "QEMU"),
        ("Virtual Machine", "Hyper-V"),
        ("VMware", "VMware"),
        ("innotek", "VirtualBox"),
        ("OpenStack", "OpenStack"),
    ];

    /// <summary>What the process runs in.</summary>
    /// <returns>For example <c>KVM</c>, <c>docker</c> or <c>KVM, docker</c>; empty if nothing was found.</returns>
    public static string Read() =>
        string.Join(", ", new[] { Hypervisor(), Container() }.Where(name => name is not null));

    private static string? Hypervisor()
    {
        if (X86Base.IsSupported)
        {
            return HypervisorByCpuId();
        }

        string firmware =
            SystemFile.ReadText("/sys/class/dmi/id/product_name") + ' ' + SystemFile.ReadText("/sys/class/dmi/id/sys_vendor");
        return NameOf(firmware) ?? SystemFile.ReadText("/sys/hypervisor/type");
    }

    private static string? HypervisorByCpuId()
    {
        const int HypervisorPresent = 1 << 31, CanCreatePartitions = 1;
        if ((X86Base.CpuId(1, 0).Ecx & HypervisorPresent) == 0)
        {
            return null;
        }

        var (_, ebx, ecx, edx) = X86Base.CpuId(0x4000_0000, 0);
        string signature = Encoding.Latin1.GetString(MemoryMarshal.AsBytes<int>([ebx, ecx, edx]));
        string name = NameOf(signature) ?? "virtual machine";

        // Windows runs on its own hypervisor when that is switched on. The partition that may create others is the host.
        bool isHost = name == "Hyper-V" && (X86Base.CpuId(0x4000_0003, 0).Ebx & CanCreatePartitions) != 0;
        return isHost ? null : name;
    }

    private static string? NameOf(string text) =>
        s_hypervisors.FirstOrDefault(known => text.Contains(known.Sign, StringComparison.Ordinal)).Name;

    private static string? Container()
    {
        if (File.Exists("/.dockerenv"))
        {
            return "docker";
        }

        if (File.Exists("/run/.containerenv"))
        {
            return "podman";
        }

        if (Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") is not null)
        {
            return "kubernetes";
        }

        return Environment.GetEnvironmentVariable("container") is { Length: > 0 } named ? named
            : Environment.GetEnvironmentVariable("DOTNET_RUNNING_IN_CONTAINER") == "true" ? "container"
            : null;
    }
}
