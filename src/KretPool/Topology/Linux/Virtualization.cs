using KretPool.Topology.Capture;

namespace KretPool.Topology.Linux;

/// <summary>The hypervisor below the kernel and the container around the process.</summary>
internal static class Virtualization
{
    public static string? Hypervisor(KernelFiles files, CpuInfo info) =>
        files.Text(LiveTree.HypervisorFile)
        ?? (files.Text("sys/hypervisor/type") is "xen" || files.Tree.Exists("proc/xen/capabilities") ? "Xen" : null)
        ?? Mainframe(files)
        ?? DeviceTree(files)
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
            : files.Tree.Exists("proc/vz") && !files.Tree.Exists("proc/bc") ? "openvz" // The host has both.
            : null;
    }

    // A Linux of a mainframe always runs in a logical partition at least. The first control program is the one below it.
    private static string? Mainframe(KernelFiles files)
    {
        const string marker = "Control Program:";
        string? text = files.Text("proc/sysinfo");
        if (text is null)
        {
            return null;
        }

        int start = text.IndexOf(marker, StringComparison.Ordinal);
        if (start < 0)
        {
            return text.Contains("LPAR Number:", StringComparison.Ordinal) ? "IBM PR/SM" : null;
        }

        string program = text[(start + marker.Length)..].Split('\n')[0].Trim();
        return program.Contains("KVM", StringComparison.Ordinal) ? "KVM"
            : program.StartsWith("z/VM", StringComparison.Ordinal) ? "IBM z/VM"
            : program;
    }

    // POWER, and ARM and RISC-V guests without firmware tables.
    private static string? DeviceTree(KernelFiles files)
    {
        const string tree = "proc/device-tree/";
        string[] machine = (files.Text(tree + "compatible") ?? "").Split('\0');
        if (machine.Contains("ibm,powernv"))
        {
            return null; // POWER without a hypervisor.
        }

        return files.Tree.Exists(tree + "ibm,partition-name") && files.Tree.Exists(tree + "hmc-managed?")
                && !files.Tree.Exists(tree + "chosen/qemu,graphic-width") ? "IBM pHyp"
            : machine.Contains("qemu,pseries") ? "KVM"
            : (files.Text(tree + "hypervisor/compatible") ?? "").Split('\0') is var names && names.Contains("linux,kvm") ? "KVM"
            : names.Contains("vmware") ? "VMware"
            : Array.Exists(names, name => name.StartsWith("xen,", StringComparison.Ordinal)) ? "Xen"
            : machine.Contains("linux,dummy-virt") ? "QEMU"
            : null;
    }

    private static string? Firmware(KernelFiles files)
    {
        string maker = files.Text("sys/class/dmi/id/sys_vendor") ?? "";
        string product = files.Text("sys/class/dmi/id/product_name") ?? "";
        return maker switch
        {
            "QEMU" => "QEMU",
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
                "1af41110" or "12341111" => "QEMU",
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
