using System.Collections;
using System.Management.Automation;
using System.Xml;
using KretPool.Analysis.Import;
using KretPool.Results;

namespace KretPool.Cmdlets;

/// <summary>Import-PoolResult: results from files, as good as live ones.</summary>
[Cmdlet(VerbsData.Import, "PoolResult", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PoolBenchmarkResult))]
public sealed class ImportPoolResultCommand : ResultCmdletBase
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>Files: CSV, JSON, JSON lines or CLIXML of results, or published CSV files. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The same, with wildcards taken as plain characters.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        bool literal = ParameterSetName == LiteralPathSet;
        foreach (string path in ResolveInputPaths(literal ? LiteralPath : Path, literal))
        {
            try
            {
                WriteObject(Read(path), enumerateCollection: true);
            }
            catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException or XmlException)
            {
                WriteError(new ErrorRecord(e, "CannotImport", ErrorCategory.InvalidData, path));
            }
        }
    }

    private IEnumerable<PoolBenchmarkResult> Read(string path)
    {
        bool isXml = System.IO.Path.GetExtension(path).ToUpperInvariant() is ".XML" or ".CLIXML";
        return isXml ? ReadResults(Deserialize(path)) : ResultFile.Read(path);
    }

    // One object, a list that was exported as one object, or an array where several were piped to Export-Clixml.
    private static IEnumerable<PSObject> Deserialize(string path)
    {
        object content = PSSerializer.Deserialize(File.ReadAllText(path));
        object inner = content is PSObject { BaseObject: IEnumerable list } ? list : content;
        return inner is IEnumerable items and not string
            ? items.Cast<object>().Select(PSObject.AsPSObject)
            : [PSObject.AsPSObject(content)];
    }
}
