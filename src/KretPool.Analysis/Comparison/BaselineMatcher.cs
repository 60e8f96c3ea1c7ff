using KretPool.Analysis.Rows;
using KretPool.Results;

namespace KretPool.Analysis.Comparison;

/// <summary>Finds what a result is compared with.</summary>
internal sealed class BaselineMatcher
{
    private readonly FlatColumn[] _columns;
    private readonly bool _chosenColumns;
    private readonly bool _anyMachine;
    private readonly ILookup<string, PoolBenchmarkResult> _baselines;
    private readonly HashSet<PoolBenchmarkResult> _unused;

    public BaselineMatcher(
        IEnumerable<PoolBenchmarkResult> baselines, ComparisonOptions options, IReadOnlyList<string> matchByDefault)
    {
        _chosenColumns = options.By.Count > 0;
        _columns = [.. (_chosenColumns ? options.By : matchByDefault).Select(name => FlatRow.Find<PoolBenchmarkResult>(name)!)];
        _anyMachine = options.AllowDifferentEnvironment;
        _unused = [.. baselines];
        _baselines = _unused.ToLookup(Key);
    }

    public IReadOnlyList<string> Columns => [.. _columns.Select(column => column.Name)];

    public IReadOnlyList<PoolBenchmarkResult> Unused => [.. _unused];

    /// <summary>Finds the baselines of a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="refused">Whether there are some, but all from a machine of another shape, which is not allowed.</param>
    public IReadOnlyList<PoolBenchmarkResult> Find(PoolBenchmarkResult result, out bool refused)
    {
        var candidates = _baselines[Key(result)].Where(candidate => _chosenColumns || SameCpus(result, candidate)).ToList();
        var comparable = _anyMachine
            ? candidates
            : candidates.FindAll(candidate => EnvironmentDifferences.SameMachine(result, candidate));
        refused = candidates.Count > 0 && comparable.Count == 0;

        // Of a whole fleet's results, those of the same host are meant.
        var sameHost = comparable.FindAll(candidate => candidate.HostName == result.HostName);
        var found = sameHost.Count > 0 ? sameHost : comparable;

        // What was refused is told as such, rather than once more as unused.
        _unused.ExceptWith(refused ? candidates : found);
        return found;
    }

    // CPU ids mean the same thing on machines of the same shape only; there, other CPUs are other conditions.
    private static bool SameCpus(PoolBenchmarkResult result, PoolBenchmarkResult candidate) =>
        result.Cpus == candidate.Cpus || result.TopologyDigest != candidate.TopologyDigest;

    private string Key(PoolBenchmarkResult result) =>
        string.Join('\n', _columns.Select(column => FormattableString.Invariant($"{column.Get(result)}").ToUpperInvariant()));
}
