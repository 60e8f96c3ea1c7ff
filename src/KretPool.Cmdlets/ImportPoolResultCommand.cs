using System.Collections;
using System.Management.Automation;
using System.Xml;
using KretPool.Analysis.Import;
using KretPool.Results;

namespace KretPool.Cmdlets;

/// <summary>Import-PoolResult: results from files, as good as live ones.</summary>
[Cmdlet(VerbsData.Import, "PoolResult", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PoolBenchmarkResult))]
public sealed class ImportPoolResultCommand : KretPoolCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly List<string> _missFiles = [];
    private bool _foundResults;

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
                Import(path);
            }
            catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
            {
                WriteImportError(e, path);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_missFiles.Count > 0 && !_foundResults)
        {
            WriteWarning(
                $"'{_missFiles[0]}' holds misses only. They are read along with the file of throughput beside it, "
                + "which has perf in its name where this one has miss: import that one.");
        }
    }

    private void Import(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException($"'{path}' is a folder. Give files, for example '{System.IO.Path.Combine(path, "*.csv")}'.");
        }

        bool found = false;
        var results = ResultFile.IsXml(path)
            ? ReadClixml(path)
            : ResultFile.Read(path, error => WriteImportError(error, path));
        foreach (var result in results)
        {
            StopToken.ThrowIfCancellationRequested();
            found = true;
            WriteObject(result);
        }

        _foundResults |= found;
        if (!found && PublishedCsv.HoldsMisses(path))
        {
            _missFiles.Add(path);
        }
    }

    private IEnumerable<PoolBenchmarkResult> ReadClixml(string path)
    {
        foreach (var (i, item) in Deserialize(path).Index())
        {
            PoolBenchmarkResult result;
            try
            {
                result = FlatRowInput.ReadResult(item);
            }
            catch (FormatException e)
            {
                WriteImportError(new FormatException($"'{path}', object {i + 1}: {e.Message}", e), path);
                continue;
            }

            yield return result;
        }
    }

    // One object, a list that was exported as one object, or an array where several were piped to Export-Clixml.
    private static IEnumerable<PSObject> Deserialize(string path)
    {
        object content;
        try
        {
            content = PSSerializer.Deserialize(File.ReadAllText(path));
        }
        catch (Exception e) when (e is XmlException or InvalidOperationException)
        {
            throw new FormatException($"'{path}' is not CLIXML: {e.Message}", e);
        }

        object inner = content is PSObject { BaseObject: IEnumerable list } ? list : content;
        return inner is IEnumerable items and not string
            ? items.Cast<object>().Select(PSObject.AsPSObject)
            : [PSObject.AsPSObject(content)];
    }

    private void WriteImportError(Exception error, string path) =>
        WriteError(new ErrorRecord(error, "CannotImport", ErrorCategory.InvalidData, path));
}
