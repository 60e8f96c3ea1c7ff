using KretPool.Analysis.Rows;
using KretPool.Results;

namespace KretPool.Analysis.Comparison;

/// <summary>Finds what a result is compared with.</summary>
internal sealed class BaselineMatcher
{
    private readonly FlatColumn[] _columns;
    private readonly bool _chosenColumns;
    private readonly ILookup<string, PoolBenchmarkResult> _baselines;
    private readonly HashSet<PoolBenchmarkResult> _unused;

    public BaselineMatcher(
        IEnumerable<PoolBenchmarkResult> baselines, ComparisonOptions options, IReadOnlyList<string> matchByDefault)
    {
        _chosenColumns = options.By.Count > 0;
        _columns = [.. (_chosenColumns ? options.By : matchByDefault).Select(name => FlatRow.Find<PoolBenchmarkResult>(name)!)];
        _unused = [.. baselines];
        _baselines = _unused.ToLookup(Key);
    }

    public IReadOnlyList<string> Columns => [.. _columns.Select(column => column.Name)];

    public IReadOnlyList<PoolBenchmarkResult> Unused => [.. _unused];

    public IReadOnlyList<PoolBenchmarkResult> Find(PoolBenchmarkResult result)
    {
        var candidates = _baselines[Key(result)].Where(candidate => _chosenColumns || SameCpus(result, candidate)).ToList();

        // Of a whole fleet's results, those of the same host are meant.
        var sameHost = candidates.FindAll(candidate => candidate.HostName == result.HostName);
        var found = sameHost.Count > 0 ? sameHost : candidates;
        _unused.ExceptWith(found);
        return found;
    }

    // CPU ids mean the same thing on machines of the same shape only; there, other CPUs are other conditions.
    private static bool SameCpus(PoolBenchmarkResult result, PoolBenchmarkResult candidate) =>
        result.Cpus == candidate.Cpus || result.TopologyDigest != candidate.TopologyDigest;

    private string Key(PoolBenchmarkResult result) =>
        string.Join('\n', _columns.Select(column => FormattableString.Invariant($"{column.Get(result)}").ToUpperInvariant()));
}
