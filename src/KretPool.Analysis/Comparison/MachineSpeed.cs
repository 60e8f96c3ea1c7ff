using KretPool.Analysis.Statistics;
using KretPool.Results;

namespace KretPool.Analysis.Comparison;

/// <summary>How fast the machine itself ran when a result was taken, against when its baseline was: the loop without a
/// pool, which is measured with every block, is the same program in both.</summary>
/// <param name="Ratio">Below 1 if the machine was slower; 1 if that is not known.</param>
internal readonly record struct MachineSpeed(double Ratio)
{
    /// <summary>Compares.</summary>
    /// <param name="result">The result.</param>
    /// <param name="baseline">What it is compared with.</param>
    public static MachineSpeed Between(PoolBenchmarkResult result, IReadOnlyList<PoolBenchmarkResult> baseline)
    {
        double[] before = [.. baseline.Select(partner => partner.EmptyLoopNs).OfType<double>().Where(time => time > 0)];
        return before.Length == baseline.Count && result.EmptyLoopNs is > 0 and var now && result.CpuModel == baseline[0].CpuModel
            ? new MachineSpeed(Median.Of(before) / now)
            : new MachineSpeed(1);
    }

    /// <summary>Whether no difference that matters is left of a ratio when the machine's own speed is taken into account.</summary>
    /// <param name="ratio">The ratio of throughput.</param>
    /// <param name="margin">The difference that matters, as a share.</param>
    public bool Explains(double ratio, double margin) => ratio < 1
        ? ratio >= Math.Min(1, Ratio) * (1 - margin)
        : ratio <= Math.Max(1, Ratio) * (1 + margin);
}
