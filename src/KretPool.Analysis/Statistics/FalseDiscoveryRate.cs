namespace KretPool.Analysis.Statistics;

/// <summary>Correction of p-values for the number of tests made together.</summary>
public static class FalseDiscoveryRate
{
    /// <summary>Adjusts p-values so that calling those up to a level significant keeps the expected share of false
    /// calls at that level.</summary>
    /// <remarks>Source: Benjamini and Hochberg, Journal of the Royal Statistical Society B 57 (1995).</remarks>
    /// <param name="pValues">The p-values, in any order.</param>
    /// <returns>The adjusted p-values, in the same order, none above 1.</returns>
    public static double[] Adjust(IReadOnlyList<double> pValues)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        double[] adjusted = new double[pValues.Count];
        double least = 1;
        int rank = pValues.Count;
        foreach (int index in Enumerable.Range(0, pValues.Count).OrderByDescending(i => pValues[i]))
        {
            least = Math.Min(least, pValues[index] * pValues.Count / rank--);
            adjusted[index] = least;
        }

        return adjusted;
    }
}
