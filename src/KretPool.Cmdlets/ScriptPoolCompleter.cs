using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace KretPool.Cmdlets;

/// <summary>Completes names of pools, with what each is as the tooltip.</summary>
public sealed class ScriptPoolCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        from pool in ScriptPools.Find(wordToComplete?.Trim('\'', '"') + "*")
        let text = CodeGeneration.EscapeSingleQuotedStringContent(pool.Name)
        select new CompletionResult(
            text == pool.Name && !text.Contains(' ') ? text : $"'{text}'",
            pool.Name,
            CompletionResultType.ParameterValue,
            $"{pool.Kind}, {pool.Rented} of {pool.Capacity} objects out");
}
