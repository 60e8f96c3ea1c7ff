using System.Globalization;
using KretPool.Results;

namespace KretPool.Analysis.Rows;

/// <summary>What the analysis needs to know about a benchmark result beyond its columns.</summary>
public static class ResultRow
{
    /// <summary>The columns that hold the conditions of a trial, apart from the kind and the machine.</summary>
    public static IReadOnlyList<string> Conditions { get; } =
    [
        nameof(PoolBenchmarkResult.Workload), nameof(PoolBenchmarkResult.ThreadCount),
        nameof(PoolBenchmarkResult.Capacity), nameof(PoolBenchmarkResult.ObjectSize),
        nameof(PoolBenchmarkResult.BulkSize), nameof(PoolBenchmarkResult.Placement),
        nameof(PoolBenchmarkResult.MemoryPolicy), nameof(PoolBenchmarkResult.ProbedRoutine),
        nameof(PoolBenchmarkResult.HoldMs), nameof(PoolBenchmarkResult.InterruptMs),
        nameof(PoolBenchmarkResult.ClosedWhileOut),
    ];

    /// <summary>Makes a result from values by column name, as good as a live one.</summary>
    /// <param name="valueOf">Gives the value of a column by name, or null if it has none.</param>
    /// <returns>The result.</returns>
    /// <exception cref="FormatException">A value is missing without which it is not a result, or does not fit.</exception>
    public static PoolBenchmarkResult Read(Func<string, object?> valueOf) =>
        FlatRow.Read<PoolBenchmarkResult>(
            valueOf,
            nameof(PoolBenchmarkResult.Kind),
            nameof(PoolBenchmarkResult.ThreadCount),
            nameof(PoolBenchmarkResult.OpsPerSec));

    /// <summary>The operations per second of every iteration; the median alone where no samples were kept.</summary>
    /// <param name="result">The result.</param>
    /// <returns>At least one number.</returns>
    /// <exception cref="FormatException">The text of the samples holds something that is not a number.</exception>
    public static double[] Samples(PoolBenchmarkResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        string[] texts = result.SamplesOpsPerSec.Split(
            ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return texts.Length == 0 ? [result.OpsPerSec] : [.. texts.Select(Parse)];

        double Parse(string text) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double sample)
                && double.IsFinite(sample) && sample >= 0
                    ? sample
                    : throw new FormatException(
                        $"'{text}' in SamplesOpsPerSec of {result.Kind} with {result.ThreadCount} threads is not a rate. "
                        + "Samples are numbers with ';' between.");
    }
}
