using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace KretPool.Host;

/// <summary>
/// A PowerShell engine that runs one pipeline at a time, shows what it writes and can be stopped from another thread.
/// </summary>
internal sealed class EngineSession : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ConsoleHost _host;
    private readonly ConsoleUserInterface _ui;
    private readonly Stack<Pipeline> _running = new();
    private bool _stopping;

    /// <summary>Starts the engine.</summary>
    /// <param name="host">What scripts see as <c>$Host</c>.</param>
    /// <param name="ui">The host's user interface.</param>
    public EngineSession(ConsoleHost host, ConsoleUserInterface ui)
    {
        (_host, _ui) = (host, ui);
        if (!ui.SupportsVirtualTerminal)
        {
            PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        }

        Runspace = RunspaceFactory.CreateRunspace(host, InitialSessionState.CreateDefault2());
        Runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        Runspace.Open();
        ModulePath.Arrange();
        Runspace.SessionStateProxy.InvokeCommand.CommandNotFoundAction = MissingCommand.Explain;
        Runspace.DefaultRunspace = Runspace;
    }

    /// <summary>The runspace that everything runs in.</summary>
    public Runspace Runspace { get; }

    /// <summary>Whether the pipeline that ran last succeeded: <c>$?</c>.</summary>
    public bool LastSucceeded => LanguagePrimitives.IsTrue(Evaluate("$global:?"));

    /// <summary>What <c>$LASTEXITCODE</c> holds, if it is a number.</summary>
    public int? LastExitCode =>
        (Runspace.SessionStateProxy.GetVariable("LASTEXITCODE") is { } value ? PSObject.AsPSObject(value).BaseObject : null) as int?;

    /// <summary>Runs commands given as text, puts them into the history, and shows what they write, errors included.</summary>
    /// <param name="text">The commands.</param>
    /// <param name="input">What comes in through the pipeline; null for nothing.</param>
    /// <param name="nested">Whether a command is running, as it is at a prompt inside a prompt.</param>
    /// <returns>False if a terminating error ended it, or it was stopped.</returns>
    public bool RunText(string text, IEnumerable<string>? input = null, bool nested = false)
    {
        // The engine keeps $? only for what goes into the history.
        using Pipeline pipeline = nested
            ? Runspace.CreateNestedPipeline(text, addToHistory: true)
            : Runspace.CreatePipeline(text, addToHistory: true);
        return Run(pipeline, input);
    }

    /// <summary>Evaluates an expression without showing anything.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="nested">Whether a command is running.</param>
    /// <returns>Its last value, or null.</returns>
    public object? Evaluate(string expression, bool nested = false)
    {
        using Pipeline pipeline = nested
            ? Runspace.CreateNestedPipeline(expression, addToHistory: false)
            : Runspace.CreatePipeline(expression);
        return Guarded(pipeline, () => pipeline.Invoke().LastOrDefault()?.BaseObject);
    }

    /// <summary>Stops what is running. It returns at once; the run ends when its <c>finally</c> blocks are through.</summary>
    /// <returns>False if nothing was running.</returns>
    public bool Stop()
    {
        lock (_lock)
        {
            if (!_running.TryPeek(out Pipeline? pipeline))
            {
                return false;
            }

            pipeline.StopAsync();
            return true;
        }
    }

    /// <summary>Stops what is running and refuses to run anything more.</summary>
    public void StopForGood()
    {
        lock (_lock)
        {
            _stopping = true;
            foreach (Pipeline pipeline in _running)
            {
                pipeline.StopAsync();
            }
        }
    }

    /// <summary>Shows an error as PowerShell shows one that nothing caught.</summary>
    /// <param name="error">The error.</param>
    public void Show(Exception error)
    {
        ErrorRecord record = (error as IContainsErrorRecord)?.ErrorRecord
            ?? new ErrorRecord(error, error.GetType().Name, ErrorCategory.NotSpecified, targetObject: null);
        using (_ui.OnlyErrors())
        {
            try
            {
                using Pipeline pipeline = CreateForCurrentLevel();
                pipeline.Commands.Add("Out-Default");
                pipeline.Input.Write(record);
                pipeline.Input.Close();
                Guarded(pipeline, pipeline.Invoke);
            }
            catch (RuntimeException)
            {
                _ui.WriteErrorLine(error.Message);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Runspace.Dispose();

    private Pipeline CreateForCurrentLevel() =>
        _running.Count == 0 ? Runspace.CreatePipeline() : Runspace.CreateNestedPipeline();

    private bool Run(Pipeline pipeline, IEnumerable<string>? input)
    {
        pipeline.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        pipeline.Commands.Add("Out-Default");
        try
        {
            Guarded(pipeline, () => input is null ? pipeline.Invoke() : pipeline.Invoke(input));
            return pipeline.PipelineStateInfo.State == PipelineState.Completed;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        catch (RuntimeException e)
        {
            _ui.ClearProgress();
            Show(e);
            return false;
        }
        finally
        {
            _ui.ClearProgress();
        }
    }

    private TResult Guarded<TResult>(Pipeline pipeline, Func<TResult> invoke)
    {
        lock (_lock)
        {
            if (_stopping)
            {
                throw new PipelineStoppedException();
            }

            _running.Push(pipeline);
        }

        try
        {
            return invoke();
        }
        finally
        {
            lock (_lock)
            {
                _running.Pop();
            }
        }
    }
}
