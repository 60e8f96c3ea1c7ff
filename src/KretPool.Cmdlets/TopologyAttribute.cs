using System.Management.Automation;
using KretPool.Topology;

namespace KretPool.Cmdlets;

/// <summary>
/// Lets a parameter of type <see cref="CpuTopology"/> take a topology that has been through remoting or CLIXML.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TopologyAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return inputData is PSObject copy && TopologyInput.TryRead(copy, out var topology) ? topology : inputData;
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
