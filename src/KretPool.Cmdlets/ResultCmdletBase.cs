using System.Management.Automation;
using KretPool.Results;

namespace KretPool.Cmdlets;

/// <summary>The base of cmdlets that make rows out of objects.</summary>
public abstract class ResultCmdletBase : KretPoolCmdlet
{
    /// <summary>Reads results; an object that is none becomes an error, and the others are still read.</summary>
    /// <param name="inputs">The objects.</param>
    /// <returns>The results among them.</returns>
    protected IEnumerable<PoolBenchmarkResult> ReadResults(IEnumerable<PSObject> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (var input in inputs)
        {
            if (TryRead(input, FlatRowInput.ReadResult, out var result))
            {
                yield return result;
            }
        }
    }

    /// <summary>Reads a row; an object that is none becomes an error.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    /// <param name="input">The object.</param>
    /// <param name="read">How such a row is read.</param>
    /// <param name="row">The row.</param>
    /// <returns>Whether the object is such a row.</returns>
    protected bool TryRead<T>(PSObject input, Func<PSObject, T> read, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? row)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            row = read(input);
            return true;
        }
        catch (FormatException e)
        {
            WriteError(new ErrorRecord(e, "NotAPoolResult", ErrorCategory.InvalidData, input));
            row = null;
            return false;
        }
    }
}
