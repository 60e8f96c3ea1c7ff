using System.Management.Automation;

namespace KretPool.Cmdlets;

/// <summary>Get-ObjectPool: the pools that scripts of this process have made and that have not ended.</summary>
[Cmdlet(VerbsCommon.Get, "ObjectPool")]
[OutputType(typeof(ScriptPool))]
public sealed class GetObjectPoolCommand : KretPoolCmdlet
{
    /// <summary>Names of pools; wildcards are allowed. All pools without it.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ScriptPoolCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void BeginProcessing() => ScriptTurn.Current.RunDue();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            var pools = ScriptPools.Find(name);
            if (pools.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteError(ScriptPools.NotFound(name));
            }

            WriteObject(pools, enumerateCollection: true);
        }
    }
}
