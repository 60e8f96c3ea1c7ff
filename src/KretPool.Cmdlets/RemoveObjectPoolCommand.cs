using System.Management.Automation;

namespace KretPool.Cmdlets;

/// <summary>Remove-ObjectPool: closes pools. A pool whose objects are out ends when the last of them comes back.</summary>
[Cmdlet(VerbsCommon.Remove, "ObjectPool", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
public sealed class RemoveObjectPoolCommand : KretPoolCmdlet
{
    private const string NameSet = "Name";
    private const string PoolSet = "Pool";

    /// <summary>Names of pools; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ScriptPoolCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The pools.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PoolSet)]
    public ScriptPool[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing() => ScriptTurn.Current.RunDue();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var pool in ParameterSetName == PoolSet ? InputObject : Name.SelectMany(Find))
        {
            if (ShouldProcess($"{pool.Name} ({pool.Kind}, {pool.Rented} of {pool.Capacity} objects out)", "Close"))
            {
                Close(pool);
            }
        }
    }

    private IReadOnlyList<ScriptPool> Find(string name)
    {
        var pools = ScriptPools.Find(name);
        if (pools.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
        {
            WriteError(ScriptPools.NotFound(name));
        }

        return pools;
    }

    private void Close(ScriptPool pool)
    {
        try
        {
            pool.Close();
        }
        catch (Exception e) when (e is AggregateException or RuntimeException)
        {
            WriteError(new ErrorRecord(e, "ReleaseFailed", ErrorCategory.CloseError, pool));
        }
    }
}
