using System.Management.Automation;
using KretPool.Analysis.Comparison;
using KretPool.Analysis.Regressions;
using KretPool.Analysis.Report;
using KretPool.Analysis.Scaling;
using KretPool.Results;
using KretPool.Topology;

namespace KretPool.Cmdlets;

/// <summary>Export-PoolReport: results as a workbook or a page with tables and charts.</summary>
/// <remarks>The file is checked before the pipeline starts, so that a sweep that feeds it does not run in vain.</remarks>
[Cmdlet(VerbsData.Export, "PoolReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportPoolReportCommand : ResultCmdlet
{
    private readonly List<PoolBenchmarkResult> _results = [];
    private readonly List<PoolComparison> _comparisons = [];
    private readonly List<PoolCapacityEstimate> _capacities = [];
    private ReportFile? _file;

    /// <summary>Where the report goes; .xlsx or .html. Wildcards are plain characters.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The kind that the others are compared with in the report.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PoolKindCompleter))]
    [ValidateNotNullOrEmpty]
    public string? BaselineKind { get; set; }

    /// <summary>The title of the report.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = "Object pool benchmark";

    /// <summary>The machine to show; without it this machine, if results come from it.</summary>
    [Parameter]
    public CpuTopology? Topology { get; set; }

    /// <summary>Replaces a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        string path = ResolveOutputPath(Path);
        if (!ShouldProcess(path, "Write report"))
        {
            return;
        }

        try
        {
            _file = ReportFile.Open(path, Force);
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            Fail(e, "CannotWriteReport", ErrorCategory.WriteError, path);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var input in InputObject)
        {
            if (FlatRowInput.Has(input, nameof(PoolComparison.BaselineOpsPerSec)))
            {
                Add(input, _comparisons, nameof(PoolComparison.Kind));
            }
            else if (FlatRowInput.Has(input, nameof(PoolCapacityEstimate.MaxMissRate)))
            {
                Add(input, _capacities, nameof(PoolCapacityEstimate.Kind));
            }
            else
            {
                _results.AddRange(ReadResults([input]));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_file is not { } file)
        {
            return;
        }

        if (_results.Count + _comparisons.Count + _capacities.Count == 0)
        {
            Fail(
                new InvalidOperationException($"There is nothing to report; '{file.Path}' is not written."),
                "NothingToReport", ErrorCategory.InvalidData, file.Path);
        }

        try
        {
            CompareWithKind();
            var topology = Topology ?? ThisMachine();
            var scaling = new ScalingOptions { Topology = topology };
            file.Write(ReportBuilder.Build(new ReportInput
            {
                Title = Title,
                Results = _results,
                Comparisons = _comparisons,
                Capacities = _capacities,
                Scalings = [.. ScalingAnalysis.Fit(_results, scaling).Where(row => row.HasClaim)],
                Efficiencies = [.. ScalingAnalysis.Efficiencies(_results, scaling)],
                Regressions = RegressionFinder.Find(_results, new RegressionOptions()),
                Topology = topology,
            }));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or IOException or UnauthorizedAccessException)
        {
            Fail(e, "CannotWriteReport", ErrorCategory.WriteError, file.Path);
        }

        if (PassThru)
        {
            WriteFile(file.Path);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Add<T>(PSObject input, List<T> rows, string required)
        where T : class, new()
    {
        if (TryRead(input, row => FlatRowInput.Read<T>(row, required), out var read))
        {
            rows.Add(read);
        }
    }

    private void CompareWithKind()
    {
        if (BaselineKind is not null)
        {
            _comparisons.AddRange(ResultComparer.AgainstKind(_results, BaselineKind, new ComparisonOptions()).Comparisons);
        }
    }

    private CpuTopology? ThisMachine() =>
        _results.Exists(result => result.HostName == Environment.MachineName) ? CpuTopology.Current : null;
}
