using System.Management.Automation;
using KretPool.Analysis.History;
using KretPool.Results;

namespace KretPool.Cmdlets;

/// <summary>Save-PoolResult: results into a history, each as it arrives.</summary>
/// <remarks>The database is opened before the pipeline starts, so that a sweep that feeds it does not run in vain.</remarks>
[Cmdlet(VerbsData.Save, "PoolResult", SupportsShouldProcess = true)]
[OutputType(typeof(PoolBenchmarkResult))]
public sealed class SavePoolResultCommand : ResultCmdlet
{
    private ResultDatabase? _database;
    private int _savedBefore;

    /// <summary>The SQLite file; made if there is none. Wildcards are plain characters.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Path", "LiteralPath", "PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string Database { get; set; } = "";

    /// <summary>Passes the results on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        string path = ResolveOutputPath(Database);
        if (!ShouldProcess(path, "Save results"))
        {
            return;
        }

        try
        {
            _database = ResultDatabase.OpenOrCreate(path);
        }
        catch (DatabaseException e)
        {
            Fail(e, "CannotOpenDatabase", ErrorCategory.OpenError, path);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var input in InputObject)
        {
            if (TryRead(input, FlatRowInput.ReadResult, out var result))
            {
                Save(result);
            }

            if (PassThru)
            {
                WriteObject(input);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_savedBefore > 0)
        {
            WriteWarning($"{_savedBefore} results were in the database already and were not saved again.");
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _database?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Save(PoolBenchmarkResult result)
    {
        try
        {
            if (_database?.Save(result) == false)
            {
                _savedBefore++;
            }
        }
        catch (DatabaseException e)
        {
            Fail(e, "CannotSaveResult", ErrorCategory.WriteError, result);
        }
    }
}
