using System.Globalization;

namespace KretPool.Topology.Linux;

/// <summary>
/// What /proc/cpuinfo tells, in the forms of x86, ARM, s390, POWER, RISC-V, LoongArch and MIPS. Names of the processor
/// come from its first record; the ids of packages and cores (x86) serve where /sys lacks them.
/// </summary>
internal sealed class CpuInfo
{
    public const string File = "proc/cpuinfo";

    private readonly Dictionary<string, string> _first = new(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<int, string> _models = [];

    private CpuInfo()
    {
    }

    /// <summary>CPUs that have a record.</summary>
    public CpuSet Cpus { get; private set; } = CpuSet.Empty;

    /// <summary>Package id by CPU.</summary>
    public Dictionary<int, int> PackageIds { get; } = [];

    /// <summary>Core id by CPU.</summary>
    public Dictionary<int, int> CoreIds { get; } = [];

    public string? Vendor =>
        (First("vendor_id") ?? First("mvendorid") ?? First("vendor")) is { } vendor ? vendor
        : First("CPU implementer") is { } implementer ? ArmProcessors.Vendor(implementer)
        : First("cpu") is { } cpu && cpu.StartsWith("POWER", StringComparison.Ordinal) ? "IBM"
        : null;

    public string? ModelName =>
        First("CPU implementer") is { } implementer && First("CPU part") is { } part
            && ArmProcessors.Model(implementer, part) is { } model
            ? model
            : First("model name") ?? First("cpu model") ?? First("cpu") ?? First("uarch") ?? First("Processor");


    /// <summary>The architecture, as far as this file gives it away.</summary>
    public string? Architecture =>
        First("flags") is { } flags ? HasWord(flags, "lm") ? "x86_64" : "i686"
        : First("vendor_id") == "IBM/S390" ? "s390x"
        : First("CPU architecture") is { } arm ? ArmArchitecture(arm)
        : First("isa") is { } isa
            ? isa.StartsWith("rv64", StringComparison.Ordinal) ? "riscv64"
            : isa.StartsWith("rv32", StringComparison.Ordinal) ? "riscv32"
            : HasWord(isa, "loongarch64") ? "loongarch64"
            : null
        : First("CPU Family") == "Loongson-64bit" ? "loongarch64"
        : First("arch") == "IA-64" ? "ia64"
        : First("type") is "sun4u" or "sun4v" ? "sparc64"
        : First("cpu") is { } power && power.StartsWith("POWER7", StringComparison.Ordinal) ? "ppc64"
        : null;

    /// <summary>The model of a CPU, on machines that tell it CPU by CPU because they may mix models (ARM).</summary>
    public string? ModelOf(int cpu) => _models.Count == Cpus.Count && _models.TryGetValue(cpu, out string? model) ? model : null;

    /// <summary>Whether the processor says that it is a virtual one.</summary>
    public bool Virtual => First("flags") is { } flags && HasWord(flags, "hypervisor");

    public static CpuInfo Read(KernelFiles files)
    {
        var info = new CpuInfo();
        var cpus = new List<int>();
        int cpu = -1;
        string implementer = "";
        var rest = (files.Text(File, expected: true) ?? "").AsSpan();
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf('\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            int colon = line.IndexOf(':');
            if (colon <= 0)
            {
                continue;
            }

            var name = line[..colon].Trim();
            var value = line[(colon + 1)..].Trim();
            if (name is "processor" && TryId(value, out int id) && id <= CpuSet.MaxCpuId)
            {
                cpu = id;
                cpus.Add(id);
            }
            else if (name.StartsWith("processor ") && TryId(name["processor ".Length..], out id) && id <= CpuSet.MaxCpuId)
            {
                cpus.Add(id); // s390: one line a CPU
            }
            else if (name is "physical id" && cpu >= 0 && TryId(value, out id))
            {
                info.PackageIds[cpu] = id;
            }
            else if (name is "core id" && cpu >= 0 && TryId(value, out id))
            {
                info.CoreIds[cpu] = id;
            }
            else if (value.Length > 0)
            {
                if (name is "CPU implementer")
                {
                    implementer = value.ToString();
                }
                else if (name is "CPU part" && ArmProcessors.Model(implementer, value.ToString()) is { } model)
                {
                    info._models[cpu] = model;
                }

                if (cpus.Count <= 1 || !info._first.ContainsKey("model name"))
                {
                    // Past the first record only old ARM kernels tell anything new.
                    info._first.TryAdd(name.ToString(), value.ToString());
                }
            }
        }

        info.Cpus = CpuSet.From(cpus);
        return info;
    }

    private static string? ArmArchitecture(string architecture) =>
        architecture == "AArch64" || (TryId(architecture, out int version) && version >= 8) ? "aarch64"
        : version == 7 ? "armv7l"
        : version == 6 ? "armv6l"
        : null;

    private static bool HasWord(string words, string word) => $" {words} ".Contains($" {word} ", StringComparison.Ordinal);

    private static bool TryId(ReadOnlySpan<char> text, out int id) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out id);

    private string? First(string name) => _first.TryGetValue(name, out string? value) ? value : null;
}
