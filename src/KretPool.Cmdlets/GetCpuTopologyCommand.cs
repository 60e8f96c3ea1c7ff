using System.Management.Automation;
using KretPool.Topology;

namespace KretPool.Cmdlets;

/// <summary>Get-CpuTopology: packages, cores, caches and NUMA nodes of this machine, or of a capture of another.</summary>
[Cmdlet(VerbsCommon.Get, "CpuTopology", DefaultParameterSetName = ThisMachine)]
[OutputType(typeof(CpuTopology), ParameterSetName = [ThisMachine, ByPath, ByLiteralPath])]
[OutputType(typeof(string), ParameterSetName = [ThisMachine, ByPath, ByLiteralPath])]
public sealed class GetCpuTopologyCommand : KretPoolCmdlet
{
    private const string ThisMachine = "ThisMachine", ByPath = "Path", ByLiteralPath = "LiteralPath";

    /// <summary>Captures: folders that hold sys and proc, or .tar, .tar.gz, .tar.bz2 or .zip archives of one. Wildcards
    /// are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ByPath)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Captures, with wildcards taken as plain characters.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Draws the machine in text instead: boxes for packages, nodes and shared caches, cells for cores.</summary>
    [Parameter]
    public SwitchParameter AsTree { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ThisMachine)
        {
            Read(TopologyReader.ReadThisMachine, "this machine");
            return;
        }

        bool literal = ParameterSetName == ByLiteralPath;
        foreach (string path in ResolveInputPaths(literal ? LiteralPath : Path, literal))
        {
            StopToken.ThrowIfCancellationRequested();
            Read(() => TopologyReader.ReadCapture(path), path);
        }
    }

    private void Read(Func<CpuTopology> read, string source)
    {
        try
        {
            Write(read());
        }
        catch (InvalidDataException e)
        {
            WriteError(new ErrorRecord(e, "InvalidCapture", ErrorCategory.InvalidData, source));
        }
        catch (UnauthorizedAccessException e)
        {
            WriteError(new ErrorRecord(e, "CaptureNotReadable", ErrorCategory.PermissionDenied, source));
        }
        catch (IOException e)
        {
            WriteError(new ErrorRecord(e, "CaptureNotReadable", ErrorCategory.ReadError, source));
        }
    }

    private void Write(CpuTopology topology)
    {
        foreach (string fact in topology.LostFacts)
        {
            WriteVerbose($"{topology.Source}: {fact}");
        }

        if (AsTree)
        {
            WriteObject(TopologyDrawing.Draw(topology), enumerateCollection: true);
        }
        else
        {
            WriteObject(topology);
        }
    }
}
