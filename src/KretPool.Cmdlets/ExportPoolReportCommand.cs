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
    private readonly List<PoolScaling> _scalings = [];
    private readonly List<PoolEfficiency> _efficiencies = [];
    private readonly List<PoolRegression> _regressions = [];
    private ReportFile? _file;

    /// <summary>Where the report goes; .xlsx or .html. Wildcards are plain characters.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "PSPath", "LP")]
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
    [Topology]
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
            if (input is not null && !TryReadTopology(input))
            {
                ReadRow(input);
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

        if (_results.Count + _comparisons.Count + _capacities.Count + _scalings.Count + _efficiencies.Count + _regressions.Count == 0)
        {
            Fail(
                new InvalidOperationException(
                    $"There is nothing to report; '{file.Path}' is not written. Pipe results to Export-PoolReport, "
                    + "for example of Invoke-PoolBenchmark, Get-PoolResult or Import-PoolResult."),
                "NothingToReport", ErrorCategory.InvalidData, file.Path);
        }

        var doubt = CompareWithKind();
        try
        {
            file.Write(ReportBuilder.Build(MakeInput()));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or IOException or UnauthorizedAccessException)
        {
            Fail(e, "CannotWriteReport", ErrorCategory.WriteError, file.Path);
        }

        if (PassThru)
        {
            WriteFile(file.Path);
        }

        if (doubt is not null)
        {
            WriteError(doubt);
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

    // Each sort of row is known by a property that no other has, under whatever type name it travels.
    private bool TryReadTopology(PSObject input)
    {
        try
        {
            bool read = TopologyInput.TryRead(input, out var topology);
            Topology ??= topology;
            return read;
        }
        catch (FormatException e)
        {
            WriteError(new ErrorRecord(e, "IncompleteTopology", ErrorCategory.InvalidData, input));
            return true;
        }
    }

    private void ReadRow(PSObject input)
    {
        if (FlatRowInput.Has(input, nameof(PoolComparison.BaselineOpsPerSec)))
        {
            Add(input, _comparisons, nameof(PoolComparison.Kind));
        }
        else if (FlatRowInput.Has(input, nameof(PoolCapacityEstimate.MaxMissRate)))
        {
            Add(input, _capacities, nameof(PoolCapacityEstimate.Kind));
        }
        else if (FlatRowInput.Has(input, nameof(PoolScaling.HasClaim)))
        {
            Add(input, _scalings, nameof(PoolScaling.Kind));
        }
        else if (FlatRowInput.Has(input, nameof(PoolEfficiency.SpeedUp)))
        {
            Add(input, _efficiencies, nameof(PoolEfficiency.Kind));
        }
        else if (FlatRowInput.Has(input, nameof(PoolRegression.ChangedUtc)))
        {
            Add(input, _regressions, nameof(PoolRegression.Kind));
        }
        else
        {
            _results.AddRange(ReadResults([input]));
        }
    }

    private void Add<T>(PSObject input, List<T> rows, string required)
        where T : class, new()
    {
        if (TryRead(input, row => FlatRowInput.Read<T>(row, required), out var read))
        {
            rows.Add(read);
        }
    }

    // A mistyped kind must not cost the sweep that was measured for the report, so the error waits until it is written.
    private ErrorRecord? CompareWithKind()
    {
        if (BaselineKind is null)
        {
            return null;
        }

        try
        {
            _comparisons.AddRange(ResultComparer.AgainstKind(_results, BaselineKind, new ComparisonOptions()).Comparisons);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return new ErrorRecord(
                new ArgumentException($"{e.Message} The report is written without a comparison.", e),
                "NoBaselineResult", ErrorCategory.InvalidArgument, BaselineKind);
        }
    }

    // What was not piped in is worked out from the results.
    private ReportInput MakeInput()
    {
        var topology = Topology ?? ThisMachine();
        var scaling = new ScalingOptions { Topology = topology };
        return new ReportInput
        {
            Title = Title,
            Results = _results,
            Comparisons = _comparisons,
            Capacities = _capacities,
            Scalings = _scalings.Count > 0 ? _scalings : [.. ScalingAnalysis.Fit(_results, scaling).Where(row => row.HasClaim)],
            Efficiencies = _efficiencies.Count > 0 ? _efficiencies : [.. ScalingAnalysis.Efficiencies(_results, scaling)],
            Regressions = _regressions.Count > 0 ? _regressions : RegressionFinder.Find(_results, new RegressionOptions()),
            Topology = topology,
        };
    }

    private CpuTopology? ThisMachine() =>
        _results.Exists(result => result.HostName == Environment.MachineName) ? CpuTopology.Current : null;
}
