using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using KretPool.Results;

namespace KretPool.Cmdlets;

/// <summary>Completes names of the columns of a benchmark result.</summary>
public sealed class ResultColumnCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var pattern = WildcardPattern.Get(wordToComplete?.Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return from property in typeof(PoolBenchmarkResult).GetProperties()
               where pattern.IsMatch(property.Name)
               select new CompletionResult(property.Name);
    }
}
