using System.Runtime.InteropServices;

namespace KretPool.Topology.Capture;

/// <summary>The processor architecture of this machine under the name that <c>uname -m</c> gives it, on any system.</summary>
internal static class KernelArchitecture
{
    public static string Name => RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => "x86_64",
        Architecture.X86 => "i686",
        Architecture.Arm64 => "aarch64",
        Architecture.Arm => "armv7l",
        Architecture.S390x => "s390x",
        Architecture.Ppc64le => "ppc64le",
        Architecture.RiscV64 => "riscv64",
        Architecture.LoongArch64 => "loongarch64",
        var other => other.ToString(),
    };
}
