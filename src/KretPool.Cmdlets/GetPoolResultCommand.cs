using System.Management.Automation;
using KretPool.Analysis.History;
using KretPool.Results;

namespace KretPool.Cmdlets;

/// <summary>Get-PoolResult: results out of a history, as good as live ones.</summary>
[Cmdlet(VerbsCommon.Get, "PoolResult")]
[OutputType(typeof(PoolBenchmarkResult))]
public sealed class GetPoolResultCommand : KretPoolCmdlet
{
    /// <summary>The SQLite file. Wildcards are plain characters.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "LiteralPath", "PSPath", "LP", "FullName")]
    [ValidateNotNullOrEmpty]
    public string Database { get; set; } = "";

    /// <summary>Names of hosts; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [Alias("ComputerName")]
    [ArgumentCompleter(typeof(DatabaseCompleter))]
    [ValidateNotNull]
    public string[] HostName { get; set; } = [];

    /// <summary>Kinds of pool; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DatabaseCompleter))]
    [ValidateNotNull]
    public string[] Kind { get; set; } = [];

    /// <summary>Workloads; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DatabaseCompleter))]
    [ValidateNotNull]
    public string[] Workload { get; set; } = [];

    /// <summary>Runs.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DatabaseCompleter))]
    [ValidateNotNull]
    public Guid[] RunId { get; set; } = [];

    /// <summary>Results that started at this time or later.</summary>
    [Parameter]
    public DateTime? Since { get; set; }

    /// <summary>Results that started before this time.</summary>
    [Parameter]
    public DateTime? Until { get; set; }

    /// <summary>Only the last so many runs among those that the other parameters leave.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Last { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string path = ResolveOutputPath(Database);
        try
        {
            using var database = ResultDatabase.OpenExisting(path);
            var filter = new ResultFilter
            {
                HostNames = HostName,
                Kinds = Kind,
                Workloads = Workload,
                RunIds = RunId,
                Since = Since,
                Until = Until,
                LastRuns = Last,
            };
            foreach (var result in database.Find(filter))
            {
                StopToken.ThrowIfCancellationRequested();
                WriteObject(result);
            }
        }
        catch (DatabaseException e)
        {
            WriteError(new ErrorRecord(e, "CannotReadDatabase", ErrorCategory.OpenError, path));
        }
        catch (FormatException e)
        {
            WriteError(new ErrorRecord(e, "DamagedResult", ErrorCategory.InvalidData, path));
        }
    }
}
