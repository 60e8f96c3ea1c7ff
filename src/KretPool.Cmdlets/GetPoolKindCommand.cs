using System.Management.Automation;
using KretPool.Pools;

namespace KretPool.Cmdlets;

/// <summary>Get-PoolKind: the algorithms that a pool can run on.</summary>
[Cmdlet(VerbsCommon.Get, "PoolKind")]
[OutputType(typeof(PoolKind))]
public sealed class GetPoolKindCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(PoolKinds.All, enumerateCollection: true);
}
