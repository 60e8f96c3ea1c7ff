using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace KretPool.Cmdlets;

/// <summary>Completes names of types, as PowerShell does for New-Object.</summary>
public sealed class TypeNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionCompleters.CompleteType(wordToComplete?.Trim('\'', '"') ?? "");
}
