using System.Management.Automation;

namespace KretPool.Cmdlets;

/// <summary>
/// Ends a script because pools became slower. Unlike the terminating error of a cmdlet, which ends a statement only, it
/// counts as thrown by the script itself: without a try around it the script ends, with a non-zero exit code.
/// </summary>
public sealed class PoolRegressionException : RuntimeException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">The regressions.</param>
    /// <param name="id">The stable id of the error.</param>
    /// <param name="target">The comparisons that came out slower.</param>
    public PoolRegressionException(string message, string id, object target)
        : base(message, null, new ErrorRecord(new InvalidOperationException(message), id, ErrorCategory.LimitsExceeded, target)) =>
        WasThrownFromThrowStatement = true;
}
