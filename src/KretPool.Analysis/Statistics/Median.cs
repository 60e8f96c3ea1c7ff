namespace KretPool.Analysis.Statistics;

/// <summary>The median of a sample.</summary>
public static class Median
{
    /// <summary>The middle of the sorted values; the mean of the two in the middle if their number is even.</summary>
    /// <param name="values">At least one value, in any order.</param>
    /// <returns>The median.</returns>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values];
        return sorted.Length == 0
            ? throw new ArgumentException("A median needs at least one value.", nameof(values))
            : SortInPlace(sorted);
    }

    internal static double SortInPlace(Span<double> values)
    {
        values.Sort();
        int middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
