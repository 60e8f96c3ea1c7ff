namespace KretPool.Cmdlets;

/// <summary>Completes names of kinds, each with its description as the tooltip.</summary>
public sealed class PoolKindCompleter : ValueCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Value, string ToolTip)> Values =>
        from kind in PoolKindCatalogue.All
        select (kind.Name, kind.Description);
}
