using System.Management.Automation;
using KretPool.Analysis.Rows;
using KretPool.Results;

namespace KretPool.Cmdlets;

/// <summary>
/// Rows from the pipeline, live or as CSV, JSON, CLIXML or remoting left them: the one place where an object becomes a
/// row again, by the names of its properties.
/// </summary>
internal static class FlatRowInput
{
    /// <summary>Reads a benchmark result.</summary>
    /// <exception cref="FormatException">The object is not a result; the message says what is missing or wrong.</exception>
    public static PoolBenchmarkResult ReadResult(PSObject input) =>
        input.BaseObject is PoolBenchmarkResult live ? ResultRow.Check(live) : ResultRow.Read(ValueOf(input));

    /// <summary>Reads a row of another type.</summary>
    /// <exception cref="FormatException">The object is not such a row; the message says what is missing or wrong.</exception>
    public static T Read<T>(PSObject input, params string[] required)
        where T : class, new() =>
        input.BaseObject as T ?? FlatRow.Read<T>(ValueOf(input), required);

    /// <summary>Whether an object has a property, under whatever type name it travels.</summary>
    public static bool Has(PSObject input, string property) => input.Properties[property] is not null;

    private static Func<string, object?> ValueOf(PSObject input) =>
        name => input.Properties[name]?.Value is PSObject wrapped ? wrapped.BaseObject : input.Properties[name]?.Value;
}
