using System.Globalization;
using System.Text.RegularExpressions;

namespace KretPool.Analysis.Report;

/// <summary>Says what makes numbers doubtful. Warnings that differ in their numbers only are one, with the largest.</summary>
internal static partial class WarningWords
{
    public static IEnumerable<string> Sentences(ReportInput input)
    {
        var perResult =
            from result in input.Results
            from warning in result.Warnings.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            group warning by NumberExpression().Replace(warning, "#") into topic
            orderby topic.Count() descending
            select Sentence(topic, input.Results.Count);
        var perComparison =
            from comparison in input.Comparisons
            where comparison.EnvironmentDifferences.Length > 0
            group comparison by comparison.EnvironmentDifferences into same
            orderby same.Count() descending
            select Invariant($"Compared across environments: {same.Key} ({same.Count()} of {input.Comparisons.Count} comparisons)");
        return perResult.Concat(perComparison).Concat(Cut(input));
    }

    private static string Sentence(IEnumerable<string> topic, int results)
    {
        string[] all = [.. topic];
        string worst = all.MaxBy(FirstNumber)!;
        string which = Array.TrueForAll(all, warning => warning == worst) ? "" : ", this the worst";
        return Invariant($"{worst} ({all.Length} of {results} results{which})");
    }

    private static double FirstNumber(string warning) =>
        double.TryParse(NumberExpression().Match(warning).Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : 0;

    // A table has no room for more.
    private static IEnumerable<string> Cut(ReportInput input)
    {
        (string Table, long Rows)[] tables = [("Results", input.Results.Count), ("Samples", SamplesSection.Count(input.Results))];
        return from table in tables
               where table.Rows > ReportTable.MaxRows
               select Invariant($"The table {table.Table} holds the first {ReportTable.MaxRows:N0} of {table.Rows:N0} rows, all that a sheet has room for.");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex NumberExpression();
}
