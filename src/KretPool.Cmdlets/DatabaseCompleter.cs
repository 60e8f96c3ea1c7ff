using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using KretPool.Analysis.History;

namespace KretPool.Cmdlets;

/// <summary>
/// Completes a parameter with the values that the column of its name has in the database given before it, the latest
/// first.
/// </summary>
public sealed class DatabaseCompleter : IArgumentCompleter
{
    // A completer is not a cmdlet and has no session state of its own, so the session is asked.
    private static readonly ScriptBlock s_resolve = ScriptBlock.Create(
        "param($path) $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($path)");

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        if (fakeBoundParameters["Database"]?.ToString() is not { } path)
        {
            return [];
        }

        try
        {
            using var database = ResultDatabase.OpenExisting(EscapedPath.Resolve(path, Resolved));
            return [.. CompletionText.Matches(wordToComplete, database.DistinctValues(parameterName).Select(Described))];
        }
        catch (Exception e) when (e is DatabaseException or RuntimeException)
        {
            // Completion has no place for an error; the command itself will say it.
            return [];
        }
    }

    private static string Resolved(string path) => s_resolve.Invoke(path)[0].ToString();

    private static (string Value, string ToolTip) Described(ColumnValue found) => (found.Value, string.Create(
        CultureInfo.InvariantCulture,
        $"{found.ResultCount} results of {found.HostName}, the last of {found.LastStartedUtc:yyyy-MM-dd HH:mm} UTC"));
}
