using System.Management.Automation;
using System.Management.Automation.Host;

namespace KretPool.Host;

/// <summary>The error for a question that nobody can answer.</summary>
internal static class NobodyToAsk
{
    /// <summary>Makes the error.</summary>
    /// <param name="question">What was asked, as a whole clause without a full stop.</param>
    /// <returns>The error, to be thrown.</returns>
    public static HostException Error(string question) => new(
        $"{question}, but nobody can answer: standard input has ended or is no terminal, or -NonInteractive was given. "
        + "Give every mandatory parameter, and -Confirm:$false where a command asks before it acts.",
        innerException: null,
        errorId: "NobodyToAsk",
        ErrorCategory.ResourceUnavailable);
}
