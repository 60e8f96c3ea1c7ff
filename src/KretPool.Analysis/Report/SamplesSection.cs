using KretPool.Analysis.Rows;
using KretPool.Results;

namespace KretPool.Analysis.Report;

/// <summary>Every sample of every result, a row each.</summary>
internal static class SamplesSection
{
    /// <summary>How many samples there are.</summary>
    public static long Count(IEnumerable<PoolBenchmarkResult> results) => results.Sum(
        result => result.SamplesOpsPerSec.Length == 0 ? 0L : result.SamplesOpsPerSec.AsSpan().Count(';') + 1);

    public static ReportSection? Build(IReadOnlyCollection<PoolBenchmarkResult> results) =>
        results.All(result => result.SamplesOpsPerSec.Length == 0)
            ? null
            : new ReportSection("Samples",
            [
                new TableBlock(new ReportTable(
                    "Samples",
                    [
                        new ReportColumn(nameof(PoolBenchmarkResult.StartedUtc), ReportFormat.Time),
                        new ReportColumn(nameof(PoolBenchmarkResult.HostName), ReportFormat.Text),
                        new ReportColumn(nameof(PoolBenchmarkResult.Kind), ReportFormat.Text),
                        new ReportColumn(nameof(PoolBenchmarkResult.Workload), ReportFormat.Text),
                        new ReportColumn(nameof(PoolBenchmarkResult.ThreadCount), ReportFormat.Whole),
                        new ReportColumn(nameof(PoolBenchmarkResult.Capacity), ReportFormat.Whole),
                        new ReportColumn("Iteration", ReportFormat.Whole),
                        new ReportColumn(nameof(PoolBenchmarkResult.OpsPerSec), ReportFormat.Whole),
                    ],
                    Rows(results).Take(ReportTable.MaxRows))),
            ]);

    private static IEnumerable<IReadOnlyList<object?>> Rows(IEnumerable<PoolBenchmarkResult> results) =>
        from result in results
        where result.SamplesOpsPerSec.Length > 0
        from sample in ResultRow.Samples(result).Index()
        select (object?[])
        [
            result.StartedUtc, result.HostName, result.Kind, result.Workload, result.ThreadCount, result.Capacity,
            sample.Index + 1, sample.Item,
        ];
}
