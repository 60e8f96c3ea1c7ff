using System.Management.Automation;
using KretPool.Pools;

namespace KretPool.Cmdlets;

/// <summary>Get-PoolKind: the algorithms that a pool can run on.</summary>
[Cmdlet(VerbsCommon.Get, "PoolKind")]
[OutputType(typeof(PoolKind))]
public sealed class GetPoolKindCommand : KretPoolCmdlet
{
    /// <summary>Names of kinds; wildcards are allowed. All kinds without it.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PoolKindCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            try
            {
                WriteObject(PoolKindCatalogue.Resolve([name]), enumerateCollection: true);
            }
            catch (ArgumentException e)
            {
                WriteError(new ErrorRecord(e, "UnknownPoolKind", ErrorCategory.ObjectNotFound, name));
            }
        }
    }
}
