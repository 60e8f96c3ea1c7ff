using KretPool.Topology.Capture;

namespace KretPool.Topology.Linux;

/// <summary>The hypervisor below the kernel and the container around the process.</summary>
internal static class Virtualization
{
    public static string? Hypervisor(KernelFiles files, CpuInfo info) =>
        files.Text(LiveTree.HypervisorFile)
        ?? (files.Text("sys/hypervisor/type") is "xen" ? "Xen" : null)
        ?? Mainframe(files)
        ?? Firmware(files)
        ?? PciDevices(files)
        ?? (info.Virtual ? "unknown" : null);

    public static string? Container(KernelFiles files)
    {
        if (files.Text("run/systemd/container") is { Length: > 0 } named)
        {
            return named;
        }

        string cgroups = files.Text("proc/self/cgroup") ?? "";
        return cgroups.Contains("kubepods", StringComparison.Ordinal) ? "kubernetes"
            : files.Tree.Exists("run/.containerenv") || cgroups.Contains("libpod", StringComparison.Ordinal) ? "podman"
            : files.Tree.Exists(".dockerenv") || cgroups.Contains("docker", StringComparison.Ordinal) ? "docker"
            : cgroups.Contains("/lxc", StringComparison.Ordinal) ? "lxc"
            : null;
    }

    // A Linux of a mainframe always runs in a logical partition at least.
    private static string? Mainframe(KernelFiles files)
    {
        string? text = files.Text("proc/sysinfo");
        return text is null ? null
            : text.Contains("Control Program: z/VM", StringComparison.Ordinal) ? "IBM z/VM"
            : text.Contains("Control Program: KVM", StringComparison.Ordinal) ? "KVM"
            : text.Contains("LPAR Number:", StringComparison.Ordinal) ? "IBM PR/SM"
            : null;
    }

    private static string? Firmware(KernelFiles files)
    {
        string maker = files.Text("sys/class/dmi/id/sys_vendor") ?? "";
        string product = files.Text("sys/class/dmi/id/product_name") ?? "";
        return maker switch
        {
            "QEMU" => "KVM",
            "innotek GmbH" => "Oracle VirtualBox",
            "Xen" => "Xen",
            "Parallels" or "Parallels Software International Inc." => "Parallels",
            "Amazon EC2" when !product.EndsWith(".metal", StringComparison.Ordinal) => "KVM",
            "Google" when product == "Google Compute Engine" => "KVM",
            "Microsoft Corporation" when product == "Virtual Machine" => "Microsoft Hyper-V",
            _ when maker.StartsWith("VMware", StringComparison.Ordinal) => "VMware",
            _ when product is "KVM" or "OpenStack Nova" or "RHEV Hypervisor" => "KVM",
            _ when product == "VirtualBox" => "Oracle VirtualBox",
            _ => null,
        };
    }

    // Old guests give no other sign than the display or service device that the hypervisor lends them.
    private static string? PciDevices(KernelFiles files)
    {
        foreach (string line in (files.Text("proc/bus/pci/devices") ?? "").Split('\n'))
        {
            string[] fields = line.Split('\t');
            string? name = fields.Length < 2 ? null : fields[1] switch
            {
                "80eebeef" or "80eecafe" => "Oracle VirtualBox",
                "15ad0405" or "15ad0710" or "15ad0740" => "VMware",
                "58530001" => "Xen",
                "14145353" => "Microsoft Hyper-V",
                "1af41110" or "12341111" => "KVM",
                _ => null,
            };
            if (name is not null)
            {
                return name;
            }
        }

        return null;
    }
}
