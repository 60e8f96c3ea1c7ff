using System.Management.Automation;

namespace KretPool.Cmdlets;

/// <summary>The base of cmdlets that take results from the pipeline.</summary>
public abstract class ResultCmdlet : ResultCmdletBase
{
    /// <summary>The results, live or read back from a file, a database or a remote session.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject[] InputObject { get; set; } = [];
}
