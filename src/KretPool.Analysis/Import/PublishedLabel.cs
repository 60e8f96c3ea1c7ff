using System.Globalization;
using KretPool.Pools;

namespace KretPool.Analysis.Import;

/// <summary>The label of a published row: <c>kind:objects/preempt-bulk</c> or <c>kind:objects</c>.</summary>
/// <param name="Kind">The kind under the name that it has here; the published code if it has none.</param>
/// <param name="Objects">Objects in the queue.</param>
/// <param name="Preempt">The sort of interrupter; 0 for none.</param>
/// <param name="Bulk">Objects rented in a row.</param>
internal sealed record PublishedLabel(string Kind, int Objects, int Preempt, int Bulk)
{
    public static PublishedLabel Parse(string text)
    {
        string[] parts = text.Split(':', '/', '-');
        int[] numbers = [.. parts.Skip(1).Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : -1)];
        return numbers.Length is 1 or 3 && numbers.All(number => number >= 0)
            ? new PublishedLabel(KindOf(parts[0].Trim()), numbers[0], numbers.ElementAtOrDefault(1), numbers.Length == 3 ? numbers[2] : 1)
            : throw new FormatException($"'{text}' is not a label of the form kind:objects/preempt-bulk.");
    }

    // A plus marks the same kind with unbalanced slots.
    private static string KindOf(string code)
    {
        bool unbalanced = code.EndsWith('+');
        string name = PoolKinds.All.FirstOrDefault(kind => kind.PublishedAs == code.TrimEnd('+'))?.Name ?? code.TrimEnd('+');
        return unbalanced ? name + " unbalanced" : name;
    }
}
