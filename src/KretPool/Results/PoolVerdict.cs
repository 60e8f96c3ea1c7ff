namespace KretPool.Results;

/// <summary>What a comparison of two results says.</summary>
public enum PoolVerdict
{
    /// <summary>The samples are too few or too spread to tell.</summary>
    Inconclusive,

    /// <summary>The difference, if there is one, is smaller than what was said to matter.</summary>
    Same,

    /// <summary>More operations per second than the baseline, by more than what was said to matter.</summary>
    Faster,

    /// <summary>Fewer operations per second than the baseline, by more than what was said to matter.</summary>
    Slower,
}
