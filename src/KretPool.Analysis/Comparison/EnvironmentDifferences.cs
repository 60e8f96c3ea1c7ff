using KretPool.Results;

namespace KretPool.Analysis.Comparison;

/// <summary>What differs between the environments that two results were taken in.</summary>
public static class EnvironmentDifferences
{
    private static readonly (string Name, Func<PoolBenchmarkResult, object?> Get)[] s_facts =
    [
        ("host", result => result.HostName),
        ("CPU model", result => result.CpuModel),
        ("topology", result => result.TopologyDigest),
        ("CPU quota", result => result.CpuQuota),
        ("governor", result => result.Governor),
        ("SMT", result => result.SmtActive),
        ("virtualization", result => result.Virtualization),
        ("kernel", result => result.Kernel),
        ("runtime", result => result.Runtime),
        ("GC mode", result => result.GcMode),
        ("module version", result => result.ModuleVersion),
    ];

    /// <summary>Says what differs.</summary>
    /// <param name="result">The result.</param>
    /// <param name="baseline">What it is compared with.</param>
    /// <returns><c>name: baseline's value -> result's value</c> with <c>; </c> between; empty if nothing differs.</returns>
    public static string Describe(PoolBenchmarkResult result, PoolBenchmarkResult baseline) =>
        string.Join("; ",
            from fact in s_facts
            let now = fact.Get(result)
            let before = fact.Get(baseline)
            where !Equals(now, before)
            select $"{fact.Name}: {Text(before)} -> {Text(now)}");

    /// <summary>Whether two results come from machines of the same shape: of equal topology digest, or, where one of
    /// them has none, of the same CPU model.</summary>
    /// <param name="result">The result.</param>
    /// <param name="baseline">What it is compared with.</param>
    /// <returns>Whether they do.</returns>
    public static bool SameMachine(PoolBenchmarkResult result, PoolBenchmarkResult baseline)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(baseline);
        return result.TopologyDigest.Length > 0 && baseline.TopologyDigest.Length > 0
            ? result.TopologyDigest == baseline.TopologyDigest
            : result.CpuModel == baseline.CpuModel;
    }

    private static string Text(object? value) =>
        value is null or "" ? "unknown" : FormattableString.Invariant($"{value}");
}
