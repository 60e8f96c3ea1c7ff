using System.Management.Automation;
using KretPool.Analysis.Scaling;
using KretPool.Results;
using KretPool.Topology;

namespace KretPool.Cmdlets;

/// <summary>Measure-PoolScaling: how kinds scale with threads, after the Universal Scalability Law.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "PoolScaling", DefaultParameterSetName = FitSet)]
[OutputType(typeof(PoolScaling), ParameterSetName = [FitSet])]
[OutputType(typeof(PoolEfficiency), ParameterSetName = [ThreadSet])]
public sealed class MeasurePoolScalingCommand : ResultCmdlet
{
    private const string FitSet = "Fit";
    private const string ThreadSet = "PerThreadCount";

    private readonly List<PoolBenchmarkResult> _results = [];

    /// <summary>Thread counts to predict; without it twice the largest that was measured.</summary>
    [Parameter(ParameterSetName = FitSet)]
    [ValidateRange(1, 1_000_000)]
    public int[] PredictThreadCount { get; set; } = [];

    /// <summary>The largest thread count that is fitted; what was measured beyond it checks the prediction.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    public int? MaxThreadCount { get; set; }

    /// <summary>The machine of the results, for the border between its nodes and packages; without it, this machine where
    /// it is of the same shape, or else the nodes in the results.</summary>
    [Parameter]
    [Topology]
    public CpuTopology? Topology { get; set; }

    /// <summary>Gives speed-up and efficiency with each thread count instead of the fit.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ThreadSet)]
    public SwitchParameter PerThreadCount { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _results.AddRange(ReadResults(InputObject));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Topology is not null && _results.Find(result => result.TopologyDigest.Length > 0 && result.TopologyDigest != Topology.Digest) is { } other)
        {
            WriteWarning(
                $"-Topology is of a machine of another shape than that of the results of '{other.HostName}'. "
                + "Where the border between nodes lies may be wrong for them.");
        }

        var options = new ScalingOptions
        {
            PredictedThreadCounts = PredictThreadCount,
            MaxThreadCount = MaxThreadCount,
            Topology = Topology,
        };
        try
        {
            if (PerThreadCount)
            {
                WriteObject(ScalingAnalysis.Efficiencies(_results, options), enumerateCollection: true);
            }
            else
            {
                WriteObject(ScalingAnalysis.Fit(_results, options), enumerateCollection: true);
            }
        }
        catch (FormatException e)
        {
            Fail(e, "DamagedSamples", ErrorCategory.InvalidData, null);
        }
    }
}
