using System.Globalization;
using System.Text.RegularExpressions;
using KretPool.Pools;

namespace KretPool.Analysis.Import;

/// <summary>The label of a published row: <c>kind:objects/preempt-bulk</c> or <c>kind:objects</c>.</summary>
/// <param name="Kind">The kind under the name that it has here; the published code if it has none.</param>
/// <param name="Objects">Objects in the queue.</param>
/// <param name="Preempt">The sort of interrupter; 0 for none.</param>
/// <param name="Bulk">Objects rented in a row.</param>
/// <param name="Probed">Whether the label is of the short form, which stands for a probed routine.</param>
internal sealed partial record PublishedLabel(string Kind, int Objects, int Preempt, int Bulk, bool Probed)
{
    public static PublishedLabel? TryParse(string text)
    {
        var match = Form().Match(text);
        return match.Success
            ? new PublishedLabel(KindOf(match.Groups["kind"].Value), Number("objects", 0), Number("preempt", 0), Number("bulk", 1), !match.Groups["bulk"].Success)
            : null;

        int Number(string group, int absent) =>
            match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : absent;
    }

    [GeneratedRegex(@"^\s*(?<kind>\w+\+?):(?<objects>\d{1,9})(/(?<preempt>\d{1,9})-(?<bulk>\d{1,9}))?\s*$")]
    private static partial Regex Form();

    // A plus marks the same kind with unbalanced slots.
    private static string KindOf(string code)
    {
        bool unbalanced = code.EndsWith('+');
        string name = PoolKinds.All.FirstOrDefault(kind => kind.PublishedAs == code.TrimEnd('+'))?.Name ?? code.TrimEnd('+');
        return unbalanced ? name + " unbalanced" : name;
    }
}
