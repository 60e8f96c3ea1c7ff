using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using KretPool.Analysis.History;

namespace KretPool.Cmdlets;

/// <summary>Completes a parameter with the values that the column of its name has in the database given before it.</summary>
public sealed class DatabaseCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        if (fakeBoundParameters["Database"] is not { } path)
        {
            return [];
        }

        try
        {
            using var database = ResultDatabase.OpenExisting(Resolve(path.ToString()!));
            var pattern = WildcardPattern.Get(wordToComplete?.Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
            return [.. database.DistinctValues(parameterName).Where(value => pattern.IsMatch(value)).Select(Quoted)];
        }
        catch (Exception e) when (e is DatabaseException or RuntimeException)
        {
            // Completion has no place for an error; the command itself will say it.
            return [];
        }
    }

    // Relative to where the session is, which the process does not follow.
    private static string Resolve(string path)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddScript("$ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($args[0])").AddArgument(path);
        return shell.Invoke<string>()[0];
    }

    private static CompletionResult Quoted(string value)
    {
        bool plain = value.Length > 0 && value.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.');
        return new CompletionResult(
            plain ? value : $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'",
            value.Length > 0 ? value : "''",
            CompletionResultType.ParameterValue,
            value.Length > 0 ? value : "(empty)");
    }
}
