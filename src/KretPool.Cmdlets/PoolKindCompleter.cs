using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace KretPool.Cmdlets;

/// <summary>Completes names of kinds, each with its description as the tooltip.</summary>
public sealed class PoolKindCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var pattern = WildcardPattern.Get(wordToComplete?.Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return from kind in PoolKindCatalogue.All
               where pattern.IsMatch(kind.Name)
               select new CompletionResult(kind.Name, kind.Name, CompletionResultType.ParameterValue, kind.Description);
    }
}
