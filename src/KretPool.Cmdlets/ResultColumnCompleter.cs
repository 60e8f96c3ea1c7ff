using KretPool.Results;

namespace KretPool.Cmdlets;

/// <summary>Completes names of the columns of a benchmark result, with the type of each as the tooltip.</summary>
public sealed class ResultColumnCompleter : ValueCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Value, string ToolTip)> Values =>
        from property in typeof(PoolBenchmarkResult).GetProperties()
        select (property.Name, (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType).Name);
}
