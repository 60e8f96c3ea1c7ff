namespace KretPool.Topology.Linux;

/// <summary>Lists of CPUs on the kernel's command line, for kernels that show them in no file.</summary>
/// <remarks>Documentation/admin-guide/kernel-parameters.rst ("cpu lists": <c>N</c> is the last CPU, <c>all</c> is
/// <c>0-N</c>) and kernel-parameters.txt (isolcpus).</remarks>
internal static class KernelParameters
{
    /// <summary>The CPUs of a parameter such as <c>isolcpus=nohz,domain,2-3</c>; none if it is not given.</summary>
    /// <param name="files">The machine.</param>
    /// <param name="parameter">The parameter with its equals sign.</param>
    /// <param name="flag">The flag that must stand before the list; null for a parameter without flags. Without any
    /// flag, isolcpus means <c>domain</c>.</param>
    /// <param name="present">The machine's CPUs.</param>
    public static CpuSet Cpus(KernelFiles files, string parameter, string? flag, CpuSet present)
    {
        string? value = null;
        foreach (string word in (files.Text("proc/cmdline") ?? "").Split(' '))
        {
            value = word.StartsWith(parameter, StringComparison.Ordinal) ? word[parameter.Length..] : value;
        }

        if (value is null || present.Count == 0)
        {
            return CpuSet.Empty;
        }

        var flags = new List<string>();
        var ranges = new List<string>();
        foreach (string part in value.Split(','))
        {
            bool isFlag = part is "nohz" or "domain" or "managed_irq";
            (isFlag ? flags : ranges).Add(part);
        }

        string last = present[^1].ToString(System.Globalization.CultureInfo.InvariantCulture);
        string list = string.Join(',', ranges).Replace("all", "0-N", StringComparison.Ordinal).Replace("N", last, StringComparison.Ordinal);
        bool meant = flag is null || flags.Contains(flag) || (flags.Count == 0 && flag == "domain");
        return meant && CpuSet.TryParse(list, out var cpus) ? cpus : CpuSet.Empty;
    }
}
