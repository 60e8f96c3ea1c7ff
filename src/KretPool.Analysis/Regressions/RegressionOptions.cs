namespace KretPool.Analysis.Regressions;

/// <summary>When a change along a history counts.</summary>
public sealed class RegressionOptions
{
    /// <summary>A smaller change than this, in percent, does not matter.</summary>
    public double ThresholdPercent { get; init; } = 5;

    /// <summary>How sure a change must be, between 0 and 1: of a hundred histories without one, about one is called at
    /// 0.99.</summary>
    public double Confidence { get; init; } = 0.99;

    /// <summary>How many runs in a row must have changed; 2 or more. A single odd night is no change.</summary>
    public int MinRuns { get; init; } = 2;

    /// <summary>Whether changes for the better are wanted as well.</summary>
    public bool IncludeImprovements { get; init; }
}
