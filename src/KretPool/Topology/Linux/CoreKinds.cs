namespace KretPool.Topology.Linux;

/// <summary>Which CPUs belong to performance cores and which to efficient ones.</summary>
/// <remarks>
/// By the first of these that tells cores apart: the processor's own lists (<c>cpu_core</c>, <c>cpu_atom</c>: x86
/// hybrids), <c>cpu_capacity</c> (ARM, Documentation/scheduler/sched-capacity.rst), base frequencies, and maximum
/// frequencies that are far apart: favoured cores of one kind (Turbo Boost Max) differ by a few per cent only.
/// </remarks>
internal sealed class CoreKinds
{
    /// <summary>Values closer than this are of one kind of core.</summary>
    private const double SameKind = 0.85;

    private readonly Dictionary<int, CpuCoreKind> _kinds = [];

    public CoreKinds(KernelFiles files, CpuSet online, Frequencies frequencies)
    {
        if (!ByLists(files, online)
            && !BySize(online, Capacities(files, online))
            && !BySize(online, frequencies.BaseMHz))
        {
            BySize(online, frequencies.MaxMHz);
        }
    }

    public CpuCoreKind Of(int cpu) => _kinds.GetValueOrDefault(cpu);

    private bool ByLists(KernelFiles files, CpuSet online)
    {
        var performance = (files.List("sys/devices/cpu_core/cpus") ?? CpuSet.Empty).Intersect(online);
        var efficient = (files.List("sys/devices/cpu_atom/cpus") ?? CpuSet.Empty)
            .Union(files.List("sys/devices/cpu_lowpower/cpus") ?? CpuSet.Empty).Intersect(online).Except(performance);
        if (performance.Count == 0 || efficient.Count == 0)
        {
            return false;
        }

        foreach (int cpu in performance)
        {
            _kinds[cpu] = CpuCoreKind.Performance;
        }

        foreach (int cpu in efficient)
        {
            _kinds[cpu] = CpuCoreKind.Efficient;
        }

        return true;
    }

    private static Func<int, double?> Capacities(KernelFiles files, CpuSet online)
    {
        var capacities = new Dictionary<int, double>();
        foreach (int cpu in online)
        {
            if (files.Number($"{CpuPresence.Root}/cpu{cpu}/cpu_capacity") is not { } capacity)
            {
                break;
            }

            capacities[cpu] = capacity;
        }

        return cpu => capacities.TryGetValue(cpu, out double capacity) ? capacity : null;
    }

    // Splits at the widest gap, so that "prime" and "big" cores are both performance cores.
    private bool BySize(CpuSet online, Func<int, double?> size)
    {
        var sizes = new List<double>();
        foreach (int cpu in online)
        {
            if (size(cpu) is not { } one)
            {
                return false;
            }

            sizes.Add(one);
        }

        sizes.Sort();
        double widest = SameKind, threshold = 0;
        for (int i = 1; i < sizes.Count; i++)
        {
            double ratio = sizes[i] == 0 ? 1 : sizes[i - 1] / sizes[i];
            if (ratio < widest)
            {
                (widest, threshold) = (ratio, sizes[i]);
            }
        }

        if (threshold == 0)
        {
            return false;
        }

        foreach (int cpu in online)
        {
            _kinds[cpu] = size(cpu) >= threshold ? CpuCoreKind.Performance : CpuCoreKind.Efficient;
        }

        return true;
    }
}
