namespace KretPool.Topology.Linux;

/// <summary>Frequencies, governor and boost.</summary>
/// <remarks>Documentation/admin-guide/pm/cpufreq.rst and intel_pstate.rst; acpi_cppc from Documentation/admin-guide/acpi/cppc_sysfs.rst.
/// cpufreq files are in kHz, nominal_freq in MHz.</remarks>
internal sealed class Frequencies
{
    private readonly Dictionary<int, CpuFrequency> _byCpu = [];

    public Frequencies(KernelFiles files, CpuSet online)
    {
        var governors = new List<string>();
        long max = 0, min = 0, @base = 0;
        foreach (int cpu in online)
        {
            // A policy directory is shared by the CPUs that change frequency together; cpuN/cpufreq leads to it.
            string directory = $"{CpuPresence.Root}/cpu{cpu}/";
            long? maxKHz = Positive(files.Number(directory + "cpufreq/cpuinfo_max_freq"));
            long? baseKHz = Positive(files.Number(directory + "cpufreq/base_frequency"))
                ?? Positive(files.Number(directory + "acpi_cppc/nominal_freq")) * 1000;
            _byCpu[cpu] = new(maxKHz, baseKHz);
            max = Math.Max(max, maxKHz ?? 0);
            @base = Math.Max(@base, baseKHz ?? 0);
            long minKHz = Positive(files.Number(directory + "cpufreq/cpuinfo_min_freq")) ?? 0;
            min = min == 0 || (minKHz != 0 && minKHz < min) ? minKHz : min;
            if (files.Text(directory + "cpufreq/scaling_governor") is { Length: > 0 } governor
                && !governors.Contains(governor))
            {
                governors.Add(governor);
            }
        }

        Highest = MHz(max);
        Lowest = MHz(min);
        Base = MHz(@base);
        Governor = governors.Count == 0 ? null : string.Join(",", governors);
        Boost = files.Text(CpuPresence.Root + "/intel_pstate/no_turbo") switch
        {
            "0" => true,
            "1" => false,
            _ => files.Text(CpuPresence.Root + "/cpufreq/boost") switch { "1" => true, "0" => false, _ => null },
        };
    }

    public double? Highest { get; }

    public double? Lowest { get; }

    public double? Base { get; }

    public string? Governor { get; }

    public bool? Boost { get; }

    public double? MaxMHz(int cpu) => _byCpu.TryGetValue(cpu, out var own) ? MHz(own.MaxKHz) : null;

    public double? BaseMHz(int cpu) => _byCpu.TryGetValue(cpu, out var own) ? MHz(own.BaseKHz) : null;

    private static long? Positive(long? number) => number > 0 ? number : null;

    private static double? MHz(long? kHz) => kHz > 0 ? kHz / 1000.0 : null;

    private sealed record CpuFrequency(long? MaxKHz, long? BaseKHz);
}
