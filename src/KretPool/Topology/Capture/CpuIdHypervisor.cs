using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace KretPool.Topology.Capture;

/// <summary>Asks an x86 processor which hypervisor it runs under.</summary>
/// <remarks>CPUID leaf 1, bit 31 of ECX, and the signature in leaf 0x40000000, which every hypervisor follows.</remarks>
internal static class CpuIdHypervisor
{
    /// <summary>The hypervisor's name; null on bare metal and on other processors.</summary>
    public static string? Name
    {
        get
        {
            if (!X86Base.IsSupported || (X86Base.CpuId(1, 0).Ecx >> 31 & 1) == 0)
            {
                return null;
            }

            var (_, ebx, ecx, edx) = X86Base.CpuId(0x40000000, 0);
            ReadOnlySpan<int> signature = [ebx, ecx, edx];
            string text = Encoding.ASCII.GetString(MemoryMarshal.AsBytes(signature)).Trim('\0', ' ');
            return text switch
            {
                "KVMKVMKVM" => "KVM",
                "Microsoft Hv" => "Microsoft Hyper-V",
                "VMwareVMware" => "VMware",
                "XenVMMXenVMM" => "Xen",
                "TCGTCGTCGTCG" => "QEMU",
                "VBoxVBoxVBox" => "Oracle VirtualBox",
                "bhyve bhyve" => "bhyve",
                "ACRNACRNACRN" => "ACRN",
                "QNXQVMBSQG" => "QNX",
                "prl hyperv" or "lrpepyh  vr" => "Parallels",
                "" => "unknown",
                _ => text,
            };
        }
    }
}
