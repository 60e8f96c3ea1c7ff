using System.Management.Automation;
using System.Management.Automation.Language;

namespace KretPool.Cmdlets;

/// <summary>What completion offers: the one place that tells what matches what was typed, and what has to be quoted.</summary>
internal static class CompletionText
{
    /// <summary>The matches among values, as completion results.</summary>
    /// <param name="wordToComplete">What was typed so far, maybe with a quote before it; wildcards are allowed.</param>
    /// <param name="values">Values and their tooltips.</param>
    /// <returns>The results, in the order of the values.</returns>
    public static IEnumerable<CompletionResult> Matches(string? wordToComplete, IEnumerable<(string Value, string ToolTip)> values)
    {
        var typed = new NamePattern(wordToComplete?.Trim('\'', '"') ?? "");
        return values.Where(item => typed.IsPrefixOf(item.Value)).Select(item => new CompletionResult(
            Quoted(item.Value),
            item.Value.Length > 0 ? item.Value : "''",
            CompletionResultType.ParameterValue,
            item.ToolTip.Length > 0 ? item.ToolTip : item.Value.Length > 0 ? item.Value : "(empty)"));
    }

    private static string Quoted(string value) =>
        value.Length > 0 && value.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.')
            ? value
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";
}
