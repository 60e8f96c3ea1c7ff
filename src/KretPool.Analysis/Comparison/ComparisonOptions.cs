using KretPool.Analysis.Rows;
using KretPool.Results;

namespace KretPool.Analysis.Comparison;

/// <summary>How results are matched with their baseline, and when a difference counts.</summary>
public sealed class ComparisonOptions
{
    private readonly double _thresholdPercent = 5;
    private readonly double _confidence = 0.995;
    private readonly IReadOnlyList<string> _by = [];

    /// <summary>A smaller difference than this, in percent, does not matter; from 0 to below 100. 5 if not set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double ThresholdPercent
    {
        get => _thresholdPercent;
        init => _thresholdPercent = value is >= 0 and < 100
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A threshold is from 0 to below 100 percent.");
    }

    /// <summary>How sure a call of a difference must be, between 0 and 1: the adjusted p-value must be at most 1 minus
    /// this. 0.995 if not set: of two hundred comparisons of a pool with itself about one is called a difference. Two
    /// samples of five cannot reach that, two of six can.</summary>
    /// <remarks>Source of the default: Benjamin and others, Redefine statistical significance, Nature Human Behaviour 2
    /// (2018).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Confidence
    {
        get => _confidence;
        init => _confidence = value is > 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A confidence is between 0 and 1, such as 0.995.");
    }

    /// <summary>Names of the columns that must be equal for a result and a baseline to be a pair. Empty for everything
    /// but what is compared: the conditions, and with a baseline kind the run, with other results the kind.</summary>
    /// <exception cref="ArgumentException">A result has no column of that name.</exception>
    public IReadOnlyList<string> By
    {
        get => _by;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            foreach (string name in value)
            {
                if (FlatRow.Find<PoolBenchmarkResult>(name) is null)
                {
                    throw new ArgumentException(
                        $"A result has no column '{name}' to match by. It has: "
                        + $"{string.Join(", ", FlatRow.ColumnsOf<PoolBenchmarkResult>().Select(column => column.Name))}.");
                }
            }

            _by = value;
        }
    }

    /// <summary>Whether results of machines of another shape are compared instead of refused.</summary>
    public bool AllowDifferentEnvironment { get; init; }
}
