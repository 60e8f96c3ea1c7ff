namespace KretPool.Cmdlets;

/// <summary>Completes names of pools, with what each is as the tooltip.</summary>
public sealed class ScriptPoolCompleter : ValueCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Value, string ToolTip)> Values =>
        from pool in ScriptPools.All
        select (pool.Name, Text($"{pool.Kind}, {pool.Rented} of {pool.Capacity} objects out"));
}
