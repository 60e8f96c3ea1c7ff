using System.Management.Automation;
using KretPool.Topology;

namespace KretPool.Cmdlets;

/// <summary>Export-CpuTopology: captures this machine for someone else to look at with Get-CpuTopology -Path.</summary>
[Cmdlet(VerbsData.Export, "CpuTopology", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportCpuTopologyCommand : KretPoolCmdlet
{
    private const string ByPath = "Path", ByLiteralPath = "LiteralPath";

    /// <summary>The archive to write: .tar.gz, .tgz, .tar or .zip.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByPath)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The archive to write, with wildcards taken as plain characters.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string LiteralPath { get; set; } = "";

    /// <summary>Refuses to replace an archive that exists.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replaces an archive that is read-only too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the archive as a file object.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string path = ParameterSetName == ByPath ? ResolveOutputPath(Path) : ResolveLiteralPath(LiteralPath);
        if (!ShouldProcess(path, "Capture the topology of this machine"))
        {
            return;
        }

        if (!NoClobber && File.Exists(path) && new FileInfo(path).IsReadOnly)
        {
            MakeWritable(path);
        }

        try
        {
            TopologyCapture.Write(path, overwrite: !NoClobber);
        }
        catch (ArgumentException e)
        {
            Fail(e, "UnknownArchiveKind", ErrorCategory.InvalidArgument, path);
        }
        catch (PlatformNotSupportedException e)
        {
            Fail(e, "CaptureNotSupported", ErrorCategory.NotImplemented, path);
        }
        catch (IOException e) when (NoClobber && File.Exists(path))
        {
            Fail(e, "CaptureExists", ErrorCategory.ResourceExists, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(e, "CaptureNotWritten", ErrorCategory.WriteError, path);
        }

        if (PassThru)
        {
            WriteFile(path);
        }
    }

    private void MakeWritable(string path)
    {
        if (!Force)
        {
            Fail(
                new UnauthorizedAccessException($"'{path}' is read-only. Use -Force to replace it."),
                "CaptureReadOnly", ErrorCategory.PermissionDenied, path);
        }

        try
        {
            File.SetAttributes(path, File.GetAttributes(path) & ~FileAttributes.ReadOnly);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(e, "CaptureNotWritten", ErrorCategory.WriteError, path);
        }
    }
}
