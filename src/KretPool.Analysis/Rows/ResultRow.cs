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

    /// <summary>The columns without a value in which a row is not a result.</summary>
    public static IReadOnlyList<string> Required { get; } =
    [
        nameof(PoolBenchmarkResult.Kind), nameof(PoolBenchmarkResult.ThreadCount), nameof(PoolBenchmarkResult.OpsPerSec),
    ];

    /// <summary>Makes a result from values by column name, as good as a live one.</summary>
    /// <param name="valueOf">Gives the value of a column by name, or null if it has none.</param>
    /// <returns>The result.</returns>
    /// <exception cref="FormatException">A value is missing without which it is not a result, or does not fit.</exception>
    public static PoolBenchmarkResult Read(Func<string, object?> valueOf) =>
        Check(FlatRow.Read<PoolBenchmarkResult>(valueOf, [.. Required]));

    /// <summary>Refuses a result that no benchmark can have measured.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The result.</returns>
    /// <exception cref="FormatException">There are no threads, or the throughput is negative or not a number.</exception>
    public static PoolBenchmarkResult Check(PoolBenchmarkResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.ThreadCount < 1
            ? throw new FormatException($"ThreadCount is {result.ThreadCount}; a result has 1 thread or more.")
            : result.OpsPerSec is not (>= 0 and < double.PositiveInfinity)
                ? throw new FormatException(string.Create(
                    CultureInfo.InvariantCulture, $"OpsPerSec is {result.OpsPerSec}; a throughput is a number, 0 or more."))
                : result;
    }

    /// <summary>Leaves out results that are the same in every column as one before them.</summary>
    /// <param name="results">The results.</param>
    /// <returns>Each once, in their order.</returns>
    public static IEnumerable<PoolBenchmarkResult> Distinct(IEnumerable<PoolBenchmarkResult> results)
    {
        var columns = FlatRow.ColumnsOf<PoolBenchmarkResult>();
        return results.DistinctBy(result => string.Join(
            '\n', columns.Select(column => string.Create(CultureInfo.InvariantCulture, $"{column.Get(result)}"))));
    }

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
