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

    private CpuSet _performance = CpuSet.Empty;
    private CpuSet _efficient = CpuSet.Empty;

    public CoreKinds(KernelFiles files, CpuSet online, Frequencies frequencies)
    {
        if (!ByLists(files, online)
            && !BySize(online, cpu => files.Number($"{CpuPresence.Root}/cpu{cpu}/cpu_capacity"))
            && !BySize(online, frequencies.BaseMHz))
        {
            BySize(online, frequencies.MaxMHz);
        }
    }

    public CpuCoreKind Of(int cpu) =>
        _performance.Contains(cpu) ? CpuCoreKind.Performance
        : _efficient.Contains(cpu) ? CpuCoreKind.Efficient
        : CpuCoreKind.Unknown;

    private bool ByLists(KernelFiles files, CpuSet online)
    {
        var performance = (files.List("sys/devices/cpu_core/cpus") ?? CpuSet.Empty).Intersect(online);
        var efficient = (files.List("sys/devices/cpu_atom/cpus") ?? CpuSet.Empty)
            .Union(files.List("sys/devices/cpu_lowpower/cpus") ?? CpuSet.Empty).Intersect(online).Except(performance);
        if (performance.Count == 0 || efficient.Count == 0)
        {
            return false;
        }

        (_performance, _efficient) = (performance, efficient);
        return true;
    }

    // Splits at the widest gap, so that "prime" and "big" cores are both performance cores.
    private bool BySize(CpuSet online, Func<int, double?> size)
    {
        double[] sizes = new double[online.Count];
        double smallest = double.MaxValue, largest = 0;
        for (int i = 0; i < sizes.Length; i++)
        {
            if (size(online[i]) is not { } one)
            {
                return false;
            }

            sizes[i] = one;
            smallest = Math.Min(smallest, one);
            largest = Math.Max(largest, one);
        }

        if (smallest >= largest * SameKind)
        {
            return false;
        }

        double[] sorted = [.. sizes];
        Array.Sort(sorted);
        double widest = SameKind, threshold = 0;
        for (int i = 1; i < sorted.Length; i++)
        {
            double ratio = sorted[i] == 0 ? 1 : sorted[i - 1] / sorted[i];
            if (ratio < widest)
            {
                (widest, threshold) = (ratio, sorted[i]);
            }
        }

        if (threshold == 0)
        {
            return false;
        }

        var performance = new List<int>();
        for (int i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] >= threshold)
            {
                performance.Add(online[i]);
            }
        }

        _performance = CpuSet.From(performance);
        _efficient = online.Except(_performance);
        return true;
    }
}
