namespace KretPool.Pools;

/// <summary>Finds the name that somebody who mistyped most likely meant.</summary>
internal static class NameDistance
{
    /// <summary>The nearest of several names by edit distance (Levenshtein 1966), case aside.</summary>
    /// <param name="name">What was typed.</param>
    /// <param name="known">The names to choose from; at least one.</param>
    /// <returns>One of <paramref name="known"/>.</returns>
    public static string Nearest(string name, IEnumerable<string> known) => known.MinBy(other => Between(name, other))!;

    // The distance matrix, one row at a time.
    private static int Between(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substituted = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
